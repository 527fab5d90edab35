import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.metrics.services import tables


class Command(BaseCommand):
    help = (
        "Classify the hits in a table as those of the site are. Its columns: "
        f"{', '.join(tables.COLUMNS)}. Nothing is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file in UTF-8")
        parser.add_argument("--json", action="store_true", help="JSON, not a table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Path(options["file"]).open(encoding="utf-8-sig", newline="") as file:
                judged = tables.classify(file)
        except UnicodeDecodeError as error:
            raise CommandError("The file is not in UTF-8.", returncode=2) from error
        except (tables.BadTable, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(_json(judged) if options["json"] else _table(judged))


def _json(judged: Iterable[tables.Judged]) -> str:
    rows = [{"row": r.row, "class": r.hit_class, "rule": r.rule} for r in judged]
    return json.dumps(rows, indent=1)


def _table(judged: Iterable[tables.Judged]) -> str:
    lines = [f"{'row':>6}  {'class':8} rule"]
    lines += [f"{one.row:>6}  {one.hit_class:8} {one.rule}" for one in judged]
    return "\n".join(lines)
