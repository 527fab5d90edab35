import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.people.models import Due
from engagement.people.services import retention


class Command(BaseCommand):
    help = "Say what goes because its time is over, or do what each night does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--list", action="store_true", help="the default; changes nothing"
        )
        what.add_argument(
            "--run", action="store_true", help="do what is due, and list anew"
        )
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["run"]:
            self._list(options["json"])
            return
        night = retention.night(by=None)
        told = night._asdict() | {"done": dict(night.done)}
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            for word in ("listed", "dropped"):
                self.stdout.write(f"{word}\t{told[word]}")
            for rule, number in night.done.items():
                self.stdout.write(f"done\t{rule}\t{number}")
        if night.failed:
            numbers = ", ".join(f"#{pk}" for pk in night.failed)
            raise CommandError(f"Failed, see the log: {numbers}", returncode=1)

    def _list(self, as_json: bool) -> None:
        """Numbers alone: what a command prints is kept in logs."""
        rows = [
            {
                "rule": due.rule,
                "target": due.target_kind,
                "pk": due.target_id,
                "not_before": f"{timezone.localdate(due.due_at)}",
                "on_hold": due.held_at is not None,
            }
            for due in Due.objects.open()
        ]
        if as_json:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write("\t".join(str(value) for value in row.values()))
