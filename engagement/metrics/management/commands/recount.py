from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.metrics.services import recount


class Command(BaseCommand):
    help = (
        "Count the hits of these days anew: readers, requests, and what COUNTER reports "
        "say. Returns 0 where it is done, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="DATE")
        parser.add_argument(
            "--to", dest="last", metavar="DATE", help="today, if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        first = _day("--from", options["first"])
        last = _day("--to", options["last"]) if options["last"] else today
        if not first <= last <= today:
            raise CommandError(
                f"--from ({first}) must not be after --to ({last}), nor --to after "
                f"today ({today}).",
                returncode=2,
            )
        number = recount.recount(first=first, last=last)
        self.stdout.write(f"Days counted: {number}")


def _day(name: str, words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise CommandError(
            f"{name}: “{words}” is no date. Write it as 2026-01-31.", returncode=2
        ) from error
