import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiosmtpd.controller import Controller
from django.core.management.base import BaseCommand, CommandError


class Catcher:
    """Keeps every mail as a file; refuses the addresses of one domain."""

    def __init__(self, folder: Path, refused_domain: str) -> None:
        self.folder = folder
        self.refused = f"@{refused_domain}".lower()

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.lower().endswith(self.refused):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        name = f"{time.time_ns()}-{uuid4().hex[:8]}"
        part = self.folder / f"{name}.part"
        # Who it really went to, whatever its own headers say.
        to = ", ".join(envelope.rcpt_tos).encode("ascii", "replace")
        part.write_bytes(b"X-Envelope-To: " + to + b"\r\n" + envelope.content)
        part.rename(self.folder / f"{name}.eml")
        return "250 OK: kept"


class Command(BaseCommand):
    help = "Stand in for the world's mail servers: keep all mail, refuse one domain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=1025)
        parser.add_argument("--dir", type=Path, required=True)
        parser.add_argument("--refuse-domain", default="undeliverable.example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        options["dir"].mkdir(parents=True, exist_ok=True)
        catcher = Catcher(options["dir"], options["refuse_domain"])
        controller = Controller(catcher, hostname=options["host"], port=options["port"])
        # Before any thread begins: a signal that is not blocked would end the process
        # at once, and with it a message half received.
        stops = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, stops)
        try:
            controller.start()
        except OSError as error:
            raise CommandError(f"The mail catcher cannot start: {error}") from error
        self.stdout.write(f"Catching mail on {options['host']}:{options['port']}")
        self.stdout.flush()
        signal.sigwait(stops)
        controller.stop()
