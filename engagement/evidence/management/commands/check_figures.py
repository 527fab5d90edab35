import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from engagement.evidence.checker import checking
from engagement.evidence.checker.checking import Finding, Status


class Command(BaseCommand):
    help = (
        "Check the figures of a text: counts, bases, percentages, sums. Returns 0 where "
        "none is wrong, 1 where one is, 2 where the text cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--base",
            type=int,
            action="append",
            default=[],
            help="a base that the text does not state",
        )
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
            found = checking.check(text, options["base"])
        except (OSError, UnicodeDecodeError, Refused) as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if options["json"]:
            rows = [one._asdict() for one in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            for one in found:
                if one.status != Status.RIGHT:
                    self.stdout.write(_line(one))
        wrong = [one for one in found if one.status == Status.WRONG]
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(found)} wrong", returncode=1)


def _line(one: Finding) -> str:
    place = f"line {one.line}" + (f", {one.paragraph}" if one.paragraph else "")
    of = f" ({one.part} of {one.base})" if one.base else ""
    right = f", right: {one.right}{of}" if one.right else ""
    return f"{place}: {one.status.value}: {one.printed}{right}"
