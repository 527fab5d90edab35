"""What is sent by itself before an event: a reminder to those who have not answered, one
to those who have a place, and how to join.

The rows are the queue: what is due is asked of the database each minute. Whoever sends
one holds the event's row, looks again, and marks the row in the transaction that writes
the mail down. So two workers send it once, a crash sends it later and not twice, and
from the moment an event is called off nothing is sent.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet
from django.utils import timezone

from engagement.events.inviting import has_objected
from engagement.events.models import Invitation, Registration
from engagement.events.services import (
    invitations,
    notices,
    places,
    registration_links,
)
from engagement.people.queries import can_be_written_to

logger = logging.getLogger(__name__)
NOT_OPEN = ("proposed", "planned", "draft", "held", "not_held", "cancelled")
# Those who were asked: a week after, or a week before the event where that is sooner;
# never within two days of being asked, nor in the last day.
ASKED, AHEAD = timedelta(days=7), timedelta(days=7)
LEAST, LATEST = timedelta(days=2), timedelta(days=1)
# Those with a place; nobody who has had a confirmation within the day before.
BEFORE, RECENTLY = timedelta(days=2), timedelta(days=1)
JOINING = timedelta(hours=1)
# A worker that comes back late still helps those who look for the link.
LATE = timedelta(minutes=30)


def send_due() -> int:
    """All that is due now; how many mails were written. What fails is logged, keeps
    nobody else waiting, and is tried again with the next sweep."""
    due = (
        (unanswered(), remind_invited),
        (expected(), remind_registered),
        (joining(), send_joining),
    )
    written = 0
    for rows, send in due:
        for pk in rows.values_list("pk", flat=True):
            try:
                written += send(pk)
            except Exception:
                logger.exception("No reminder: %s %s", rows.model.__name__, pk)
    return written


def unanswered() -> QuerySet[Invitation]:
    now = timezone.now()
    rows = Invitation.objects.unanswered().filter(
        Q(invited_at__lte=now - ASKED) | Q(event__starts_at__lte=now + AHEAD),
        _open(),
        can_be_written_to("person"),
        reminded_at=None,
        invited_at__lte=now - LEAST,
        event__starts_at__gt=now + LATEST,
    )
    rows = rows.exclude(event__registration_closes_at__lte=now)
    # Not `exclude`: of those who have said nothing, SQL does not know.
    objected = Invitation.objects.filter(
        has_objected(OuterRef("event__slug"), "person")
    )
    return rows.exclude(pk__in=objected.values("pk"))


def expected() -> QuerySet[Registration]:
    now = timezone.now()
    return Registration.objects.live().filter(
        _open(),
        can_be_written_to("person"),
        reminded_at=None,
        event__starts_at__lte=now + BEFORE,
        event__starts_at__gt=now + JOINING,
        created_at__lte=F("event__starts_at") - (BEFORE + RECENTLY),
    )


def joining() -> QuerySet[Registration]:
    now = timezone.now()
    rows = Registration.objects.live().filter(
        _open(),
        can_be_written_to("person"),
        joining_sent_at=None,
        event__starts_at__lte=now + JOINING,
        event__starts_at__gt=now - LATE,
    )
    return rows.exclude(event__ends_at__lte=now)


def remind_invited(pk: int) -> bool:
    """Whether it was sent, as of the next two."""
    return _send(unanswered(), pk, "reminded_at", _write_invited)


def remind_registered(pk: int) -> bool:
    return _send(expected(), pk, "reminded_at", _writing("event_reminder"))


def send_joining(pk: int) -> bool:
    return _send(joining(), pk, "joining_sent_at", _writing("event_joining"))


def _open() -> Q:
    """Published, full or not."""
    return ~Q(event__status__in=NOT_OPEN)


def _send(
    due: QuerySet[Any], pk: int, column: str, write: Callable[[Any], None]
) -> bool:
    found = due.filter(pk=pk).select_related("event").first()
    if found is None:
        return False
    with transaction.atomic():
        places.lock(found.event)
        row = due.filter(pk=pk).select_related("event").first()
        unsent = due.model._base_manager.filter(pk=pk, **{column: None})
        if row is None or not unsent.update(**{column: timezone.now()}):
            return False
        write(row)
    return True


def _write_invited(row: Invitation) -> None:
    notices.send(
        kind="invitation_reminder",
        event=row.event,
        to=row.email,
        language=row.language,
        invitation=row,
        token=invitations.link(row),
    )


def _writing(kind: str) -> Callable[[Registration], None]:
    def write(row: Registration) -> None:
        notices.send(
            kind=kind,
            event=row.event,
            to=row.email,
            language=row.language,
            registration=row,
            token=registration_links.token(row),
        )

    return write
