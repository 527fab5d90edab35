import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from engagement.events.models import Event
from engagement.events.services import reports
from engagement.events.services.report_reading import BadReport


class Command(BaseCommand):
    help = (
        "Read an attendance report of Teams or Zoom (CSV), whole or not at all. Returns 0 "
        "where it was read, 1 where it was refused, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", help="as at the end of the event's address")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            raise CommandError("There is no event of this name.", returncode=2)
        try:
            found = _read(event, options["file"], dry_run=options["dry_run"])
        except BadReport as refused:
            if options["json"]:
                bad = [one._asdict() for one in refused.bad]
                self._write({"event": event.slug, "applied": False, "bad": bad})
            lines = [f"row {b.row}, {b.column}: {b.problem}" for b in refused.bad]
            raise CommandError("\n".join(lines), returncode=1) from refused
        except (OSError, Refused) as refused:
            raise CommandError(str(refused), returncode=1) from refused
        if options["json"]:
            self._write(found)
            return
        self.stdout.write(", ".join(f"{k} {n}" for k, n in found["counts"].items()))
        for one in found["unmatched"]:
            self.stdout.write(f"unmatched\t{one['name']}\t{one['email']}")

    def _write(self, what: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(what, ensure_ascii=False))


def _read(event: Event, file: Path, *, dry_run: bool) -> dict[str, Any]:
    content = file.read_bytes()
    plan = reports.check(event, content)
    applied, fresh = False, False
    if not dry_run:
        _report, fresh = reports.read_now(
            by=None, event=event, name=file.name, content=content
        )
        applied = True
    return {
        "event": event.slug,
        "program": plan.program,
        "sha256": plan.sha256,
        "applied": applied,
        "changed": fresh,
        "counts": {name: number for name, number in plan.counts.items() if number},
        "bad": [],
        "unmatched": [
            {"name": somebody.name, "email": somebody.email}
            for somebody, match in plan.found
            if not match.how
        ],
    }
