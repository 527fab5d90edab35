from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from engagement.metrics import disclosure, table_files

WHY = {"small": "small", "protects": "would give a small count away"}


class Command(BaseCommand):
    help = (
        "Hide small counts of a table (CSV), and those that would give them away. Writes "
        "the table; why what was hidden goes to standard error or to --log, and is not "
        "for the public. Returns 0, or 1 where the table cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--threshold",
            type=int,
            default=settings.FEWEST_PUBLIC,
            help="the fewest that a count may show (default: %(default)s)",
        )
        parser.add_argument("--log", type=Path, help="a file for what was hidden, why")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = table_files.read(options["file"].read_bytes())
        except (OSError, Refused) as refused:
            raise CommandError(str(refused), returncode=1) from refused
        shown, hidden = disclosure.examine(table, fewest=options["threshold"])
        self.stdout.write(table_files.write(shown), ending="")
        lines = [
            f"{shown.label(one.key) or 'Total'}: {WHY[one.reason]}" for one in hidden
        ]
        said = "\n".join([f"{len(lines)} of {len(shown.shown)} counts hidden", *lines])
        if options["log"]:
            options["log"].write_text(said + "\n", encoding="utf-8")
        else:
            self.stderr.write(said)
