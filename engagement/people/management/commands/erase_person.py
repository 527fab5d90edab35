from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from engagement.people.services import erasure, people


class Command(BaseCommand):
    help = (
        "Erase a person. The counts stay true; the address is never written to again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        person = people.find(address)
        if person is None:
            raise CommandError("Nobody on record has this address.", returncode=1)
        if not options["yes"] and _typed() != address:
            raise CommandError("Nothing was erased.", returncode=1)
        try:
            erasure.erase(by=None, person=person)
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
        self.stdout.write("Erased.")


def _typed() -> str:
    try:
        return input("This cannot be undone. Type the address to go on: ").strip()
    except EOFError:
        return ""
