"""Days that staff ask to be counted again: asked for, counted by a worker, with progress.

The row is the queue. A worker claims it by an update that only one can make, and is heard
of after each day; one that was silent is gone, and the next goes on where it stopped.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.metrics.models import Recount
from engagement.metrics.services import recount

SILENT = timedelta(minutes=5)
State = Recount.State


class NotNow(Refused):
    """Days are being counted already, or there is nothing to count."""


class Lost(Exception):
    """Another worker has the row."""


def ask(*, first: date | None = None, last: date | None = None) -> Recount:
    """From the oldest hit to today where it is not said. Raises NotNow."""
    today = timezone.localdate()
    first, last = first or recount.first_day(), last or today
    if first is None or not first <= last <= today:
        raise NotNow(_("There is nothing to count in this time."))
    with transaction.atomic():
        if Recount.objects.select_for_update().exclude(state=State.DONE).exists():
            raise NotNow(_("Days are being counted already. Wait until it is done."))
        return Recount.objects.create(first=first, last=last)


def sweep() -> None:
    """Counts what was asked for. Takes over what a crash left."""
    now = timezone.now()
    check_move(Recount.MOVES, State.COUNTING, State.WAITING)
    gone = Recount.objects.filter(state=State.COUNTING, heard_at__lt=now - SILENT)
    gone.update(state=State.WAITING)
    for row in Recount.objects.filter(state=State.WAITING).order_by("pk"):
        _run(row)


def _run(row: Recount) -> None:
    check_move(Recount.MOVES, State.WAITING, State.COUNTING)
    row.heard_at = timezone.now()
    waiting = Recount.objects.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(state=State.COUNTING, heard_at=row.heard_at):
        return
    before = row.done
    try:
        recount.recount(
            first=row.first + timedelta(days=before),
            last=row.last,
            tell=lambda done: _heard(row, before + done),
        )
    except Lost:
        return
    check_move(Recount.MOVES, State.COUNTING, State.DONE)
    _mine(row, state=State.DONE)


def _heard(row: Recount, done: int) -> None:
    """Raises Lost."""
    now = timezone.now()
    if not _mine(row, done=done, heard_at=now):
        raise Lost
    row.heard_at = now


def _mine(row: Recount, **fields: object) -> int:
    """Changes the row if it is still this worker's."""
    claim = {"state": State.COUNTING, "heard_at": row.heard_at}
    return Recount.objects.filter(pk=row.pk, **claim).update(**fields)
