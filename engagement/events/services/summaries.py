"""What the public is told of an event that was held."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Event
from engagement.events.services import places


class NotHeld(Refused):
    """There is nothing to tell of what did not take place."""


class NotReady(Refused):
    """The public reads it in both languages at the same moment."""


def write(*, by: User | None, event: Event, said_en: str, said_cy: str) -> Event:
    """What was said. A summary that is public stays whole. Raises NotHeld or NotReady."""
    with transaction.atomic():
        event = _held(event)
        event.said_en, event.said_cy = said_en, said_cy
        if event.summary_published_at:
            _check_both(event)
        event.save(update_fields=["said_en", "said_cy", "updated_at"])
        entries.record(by=by, action="event.summary_written", target=event)
    return event


def publish(*, by: User | None, event: Event) -> Event:
    """For everybody to read; a second time changes nothing. Raises NotHeld or NotReady."""
    with transaction.atomic():
        event = _held(event)
        if event.summary_published_at:
            return event
        _check_both(event)
        _set(event, timezone.now())
        entries.record(by=by, action="event.summary_published", target=event)
    return event


def withdraw(*, by: User | None, event: Event) -> Event:
    """No longer for everybody; a second time changes nothing."""
    with transaction.atomic():
        event = places.lock(event)
        if event.summary_published_at:
            _set(event, None)
            entries.record(by=by, action="event.summary_withdrawn", target=event)
    return event


def _held(event: Event) -> Event:
    event = places.lock(event)
    if event.status != Event.Status.HELD:
        raise NotHeld(_("Mark the event as held first."))
    return event


def _check_both(event: Event) -> None:
    if not (event.said_en.strip() and event.said_cy.strip()):
        raise NotReady(_("Write what was said in English and in Welsh."))


def _set(event: Event, at: datetime | None) -> None:
    event.summary_published_at = at
    event.save(update_fields=["summary_published_at", "updated_at"])
