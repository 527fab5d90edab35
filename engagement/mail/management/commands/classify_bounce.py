import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.mail.services import classifying


class Command(BaseCommand):
    help = "Say what raw messages that came back are; writes nothing down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for path in options["files"]:
            try:
                one = classifying.classify(path.read_bytes())
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
            kind = one.kind.replace("_", "-")
            named = {"class": kind, "address": one.address, "status": one.status}
            more = {"reason": one.reason, "key": one.key, "final": one.final}
            found.append({"file": str(path), **named, **more})
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for each in found:
            self.stdout.write("\t".join(map(str, each.values())))
