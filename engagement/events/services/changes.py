"""What those who are to come must know when an event changes."""

from collections.abc import Set
from copy import copy

from django.conf import settings
from django.utils import timezone

from engagement.events.models import Event
from engagement.events.services import (
    calendar_mail,
    invitations,
    registration_links,
)
from engagement.mail.services import messages

# What the mail tells apart, and the columns that say it.
WATCHED = {
    "title": ("title_en", "title_cy"),
    "when": ("starts_at", "ends_at", "time_zone"),
    "where": ("venue_en", "venue_cy"),
    "mode": ("mode",),
    "join": ("join_url",),
}


def before(event: Event) -> Event:
    """The event as it is now, to hold against what it will be."""
    return copy(event)


def between(old: Event, event: Event) -> Set[str]:
    """Which of WATCHED are others now. The event's SEQUENCE rises where any is; whoever
    changes it saves it."""
    changed = {
        what
        for what, columns in WATCHED.items()
        if any(getattr(old, name) != getattr(event, name) for name in columns)
    }
    event.sequence += bool(changed)
    return changed


def tell(*, old: Event, event: Event, changed: Set[str]) -> None:
    """Writes to everybody who has a place, waits or is offered one, unless it is over.

    Call it in the transaction that has locked and saved the event.
    """
    last = event.ends_at or event.starts_at
    if not changed or last is None or last < timezone.now():
        return
    for registration in event.registrations.in_force().exclude(email=""):
        messages.send(
            kind="event_changed",
            to=registration.email,
            language=registration.language,
            context={
                "old": old,
                "event": event,
                "changed": changed,
                "registration": registration,
                "token": registration_links.token(registration),
                "site_url": settings.SITE_URL,
            },
            calendar=calendar_mail.invite(registration),
        )
    if event.kind == Event.Kind.MEETING:
        invitations.tell_changed(event=event)
