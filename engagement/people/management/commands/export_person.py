from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.people.services import access, people


class Command(BaseCommand):
    help = "Write everything that is held on a person into a ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        person = people.find(options["address"])
        if person is None:
            raise CommandError("Nobody on record has this address.", returncode=1)
        try:
            options["out"].write_bytes(access.export(by=None, person=person))
        except OSError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"Written to {options['out']}.")
