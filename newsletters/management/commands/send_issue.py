import gc
import multiprocessing
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from engagement.core.errors import Refused
from newsletters.models import Issue
from newsletters.services import deliveries, sending

COPIES = multiprocessing.get_context("fork")


class Command(BaseCommand):
    help = (
        "Send an issue through the ledger with workers of its own, or go on with one "
        "that has begun: for drills and measurements. Returns 0 where the sum closes, "
        "1 where somebody still waits, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="as at the end of the issue's address")
        parser.add_argument("--smtp", metavar="HOST:PORT", help="instead of SMTP_URL")
        parser.add_argument("--workers", type=int, default=1, help="processes")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["smtp"]:
            settings.SMTP_URL = f"smtp://{options['smtp']}"
            settings.MAIL_ACCOUNTS = ""
        issue = Issue.objects.filter(slug=options["slug"]).first()
        if issue is None:
            raise CommandError("There is no issue of this name.", returncode=2)
        with _workers(issue, options["workers"]):
            _start(issue)
        deliveries.finish_if_balanced(issue.pk)
        issue.refresh_from_db()
        balance = deliveries.balance(issue)
        for state, number in balance.counts.items():
            self.stdout.write(f"{state}\t{number}")
        if not balance.closes:
            raise CommandError("The sum does not close yet.", returncode=1)


def _start(issue: Issue) -> None:
    if issue.state in (Issue.State.SENDING, Issue.State.FINISHED):
        return
    try:
        sending.start(by=None, issue=issue)
    except sending.NotReady as error:
        raise CommandError("\n".join(error.missing), returncode=2) from error
    except Refused as error:
        raise CommandError(str(error), returncode=2) from error


@contextmanager
def _workers(issue: Issue, number: int) -> Iterator[None]:
    """Each is a process of its own, as on a machine with several, and a copy of this
    one, as a worker of Celery is. They are up before the block, are let go all at once at
    its end, and have ended after it."""
    _settle_in(issue)
    gc.freeze()
    held, gate = COPIES.Pipe(duplex=False)
    running = [
        COPIES.Process(target=_work, args=(issue.pk, held, gate)) for _ in range(number)
    ]
    for worker in running:
        worker.start()
    gc.unfreeze()
    try:
        yield
    finally:
        gate.close()
        for worker in running:
            worker.join()


def _settle_in(issue: Issue) -> None:
    """Loads what a worker that has sent before has in memory, and lets go of what two
    processes cannot share."""
    list(sending.obstacles(issue))
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def _work(issue_id: int, held: Connection, gate: Connection) -> None:
    # Of the gate each has a copy: it is shut once the last is.
    gate.close()
    with suppress(EOFError):
        held.recv()
    deliveries.send(issue_id)
