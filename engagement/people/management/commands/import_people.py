import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from engagement.people.models import ColumnMapping
from engagement.people.services import columns, importing, imports, reading
from engagement.people.services.planning import Options, Plan


class Command(BaseCommand):
    help = "Import people from a CSV or XLSX file, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", help="the name of columns chosen before")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            plan = _import(file, options["mapping"], options["dry_run"])
        except importing.HasErrors as refused:
            plan = refused.plan
        except (OSError, Refused) as refused:
            raise CommandError(str(refused), returncode=1) from refused
        if options["json"]:
            found = {"counts": plan.counts, "bad": plan.shown["bad"]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(", ".join(f"{k} {n}" for k, n in plan.counts.items()))
        if plan.refused:
            lines = [
                f"row {row}, {name}: {said}" for row, name, said in plan.shown["bad"]
            ]
            raise CommandError("\n".join(lines), returncode=1)


def _import(file: Path, mapping: str | None, dry_run: bool) -> Plan:
    content, name = file.read_bytes(), file.name
    if mapping is None:
        chosen = columns.guess(reading.read(content, name).headings)
    elif known := ColumnMapping.objects.filter(name=mapping).first():
        chosen = known.columns
    else:
        raise columns.BadMapping(f"There is no mapping called {mapping}.")
    options = Options(columns=chosen)
    if dry_run:
        return importing.check(content, name, options)
    return imports.apply_now(by=None, name=name, content=content, options=options)
