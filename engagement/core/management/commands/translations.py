import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core import translations


class Command(BaseCommand):
    help = "Compare the catalogues with what the code says (--check), or mend them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--update", action="store_true")
        parser.add_argument(
            "--from-json",
            type=Path,
            nargs="*",
            default=[],
            help="files of {message: Welsh} to take translations from",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            welsh: dict[str, str] = {}
            for file in options["from_json"]:
                welsh |= json.loads(file.read_text(encoding="utf-8"))
            translations.update(welsh)
        if lines := sorted(translations.problems()):
            raise CommandError("\n".join(lines))
