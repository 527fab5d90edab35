import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.mail.services import checking
from engagement.mail.services.checks import lookup, words
from engagement.mail.services.checks.words import Outcome


class Command(BaseCommand):
    help = (
        "Say whether other servers will take our mail: SPF, DKIM, DMARC, PTR, MX, TLS "
        "and the headers of a mail. Returns 0 where nothing has to be put right, 1 "
        "where something has, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--dns", metavar="IP:PORT", default="", help="ask this server for names"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [finding._asdict() for finding in checking.run(_asking(options["dns"]))]
        told = [words.tell(one) for one in found]
        if options["json"]:
            rows = [one | each._asdict() for one, each in zip(found, told, strict=True)]
            self.stdout.write(json.dumps({"results": rows}, ensure_ascii=False))
        else:
            for each in told:
                line = (each.outcome, each.about, each.sentence, each.todo)
                self.stdout.write("\t".join(line))
        if failed := sum(each.outcome == Outcome.FAIL for each in told):
            raise CommandError(f"To be put right: {failed}", returncode=1)


def _asking(server: str) -> lookup.Ask:
    address, _, port = server.rpartition(":")
    if server and not (address and port.isdigit()):
        raise CommandError("Write --dns as 127.0.0.1:5353.", returncode=2)
    return lookup.asking(address, int(port or 53))
