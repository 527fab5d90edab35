import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from engagement.mail.models import Inbound
from engagement.mail.services import bounces


class Command(BaseCommand):
    help = (
        "Take one mail that came back, on standard input, from a mail server's pipe. "
        "Returns 0 when it is written down, 75 (sysexits: EX_TEMPFAIL) where the server "
        "must try again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read()
            row = bounces.take(raw, source=Inbound.Source.PIPE)
        # No database, a full disk: whatever it is, the mail must not be lost.
        except (DatabaseError, OSError) as error:
            raise CommandError(
                f"Try again: {error}", returncode=os.EX_TEMPFAIL
            ) from error
        self.stdout.write(f"{row.kind}\t{row.key}\t{row.status}")
