"""Who said they would do something is asked about it, once: its owner on the day, the
participant three months after the event."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual, tokens
from engagement.events.models import Commitment, Event
from engagement.events.services.feedback import NOBODYS
from engagement.mail.services import messages
from engagement.people.services import suppressions

SCOPE = "commitment"
MONTHS = 3
# How long what came of it can be said with the link.
LINK_LASTS = timedelta(days=90)
CALLED_OFF = (Event.Status.CANCELLED, Event.Status.NOT_HELD)


def remind_owners(*, by: User | None) -> int:
    """Mails each owner of what is open on its day; returns how many mails that were."""
    due = Commitment.objects.open().filter(
        reminded_at=None, due_on__lte=timezone.localdate(), owner__is_active=True
    )
    return sum(_remind(by, row) for row in due.select_related("event", "owner"))


def _remind(by: User | None, row: Commitment) -> int:
    if row.owner is None:
        return 0
    with transaction.atomic():
        if not _mark(row, "reminded_at", owner=row.owner, due_on=row.due_on):
            return 0
        # An account has no language; it is written to as the rest of the team is.
        _write("commitment_due", row.owner.email, bilingual.active(), row)
        entries.record(by=by, action="commitment.owner_reminded", target=row)
    return 1


def ask_participants(*, by: User | None) -> int:
    """Asks whoever said it what came of it; returns how many were asked. Nobody is asked
    of an event that was called off, or at an address that is suppressed."""
    long_ago = _months_before(timezone.localtime())
    over = Q(event__ends_at__lte=long_ago)
    over |= Q(event__ends_at=None, event__starts_at__lte=long_ago)
    rows = Commitment.objects.open().filter(
        over, side=Commitment.Side.PARTICIPANT, registration__isnull=False
    )
    rows = rows.filter(asked_at=None).exclude(event__status__in=CALLED_OFF)
    rows = rows.exclude(registration__email="")
    due = rows.exclude(registration__email__endswith=NOBODYS)
    rows = due.select_related("event", "registration")
    return sum(_ask(by, row) for row in rows)


def _ask(by: User | None, row: Commitment) -> int:
    said_by = row.registration
    if said_by is None or suppressions.find(said_by.email):
        return 0
    with transaction.atomic():
        if not _mark(row, "asked_at", registration=said_by):
            return 0
        token = tokens.make(SCOPE, str(row.pk))
        _write("commitment_asked", said_by.email, said_by.language, row, token=token)
        entries.record(by=by, action="commitment.participant_asked", target=row)
    return 1


def find(token: str) -> Commitment:
    """What the link asks about. Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, LINK_LASTS)
    rows = Commitment.objects.select_related("event").filter(
        pk=pk, side=Commitment.Side.PARTICIPANT, registration__isnull=False
    )
    found = rows.exclude(registration__email__endswith=NOBODYS).first()
    if found is None:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def _mark(row: Commitment, column: str, **same: Any) -> int:
    """1 for the one worker that may write, 0 for every other, and where it is no longer
    open or the `same`. On the row alone, as in `feedback`."""
    still = Commitment.objects.open().filter(pk=row.pk, **{column: None}, **same)
    return still.update(**{column: timezone.now()})


def _write(kind: str, to: str, language: str, row: Commitment, **more: Any) -> None:
    context = {"commitment": row, "event": row.event, "site_url": settings.SITE_URL}
    messages.send(kind=kind, to=to, language=language, context=context | more)


def _months_before(moment: datetime) -> datetime:
    """The same day three months earlier, or the last one of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - MONTHS, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
