"""The sessions of an event, and who speaks."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.moving import move_row
from engagement.events.models import HOLDING, Event, Session, Speaker
from engagement.events.services import (
    events,
    notices,
    places,
    registration_links,
)


class TooFewInSession(Refused):
    """More people have chosen it than there would be places."""


class StillChosen(Refused):
    """People have chosen it whom the reader has not been told of."""


def save_session(
    *, by: User | None, session: Session, fields: Mapping[str, Any]
) -> Session:
    """A new one of its event, or changes. Raises NotChangeable, TooFewInSession, or
    NotReady where a published event would be in one language only."""
    with transaction.atomic():
        event = _changeable(session.event)
        for name, value in fields.items():
            setattr(session, name, value)
        if session.pk and session.capacity is not None:
            _check_places(session, session.capacity)
        session.save()
        events.check_still_whole(event)
        entries.record(by=by, action="event.programme_changed", target=event)
    return session


def remove_session(*, by: User | None, session: Session, chosen: int) -> None:
    """Its speakers stay with the event; those who chose it keep their place there, and
    are told while it lies ahead.

    `chosen` is how many that is, as the reader has been told. Raises NotChangeable, or
    StillChosen where it is more by now.
    """
    with transaction.atomic():
        event = _changeable(session.event)
        if _chosen(session) > chosen:
            raise StillChosen(_("More people have chosen this session meanwhile."))
        if event.is_ahead:
            _tell_removed(event, session)
        session.delete()
        entries.record(by=by, action="event.programme_changed", target=event)


def _tell_removed(event: Event, session: Session) -> None:
    chosen = event.registrations.holding().filter(session_places__session=session)
    for registration in chosen.exclude(email=""):
        notices.send(
            kind="session_removed",
            event=event,
            to=registration.email,
            language=registration.language,
            session=session,
            registration=registration,
            token=registration_links.token(registration),
        )


def save_speaker(
    *, by: User | None, speaker: Speaker, fields: Mapping[str, Any]
) -> Speaker:
    """A new one, last in the order, or changes. Raises NotChangeable or NotReady."""
    with transaction.atomic():
        event = _changeable(speaker.event)
        for name, value in fields.items():
            setattr(speaker, name, value)
        if speaker.pk is None:
            last = event.speakers.aggregate(last=Max("position"))["last"] or 0
            speaker.position = last + 1
        speaker.save()
        events.check_still_whole(event)
        entries.record(by=by, action="event.programme_changed", target=event)
    return speaker


def remove_speaker(*, by: User | None, speaker: Speaker) -> None:
    """Raises NotChangeable."""
    with transaction.atomic():
        event = _changeable(speaker.event)
        speaker.delete()
        entries.record(by=by, action="event.programme_changed", target=event)


def move_speaker(*, by: User | None, speaker: Speaker, up: bool) -> None:
    """One place up or down; at the end of the list nothing moves. Raises NotChangeable."""
    with transaction.atomic():
        event = _changeable(speaker.event)
        if move_row(list(event.speakers.all()), speaker.pk, up=up):
            entries.record(by=by, action="event.programme_changed", target=event)


def _changeable(event: Event) -> Event:
    event = places.lock(event)
    events.check_changeable(event)
    return event


def _chosen(session: Session) -> int:
    return session.places.filter(registration__state__in=HOLDING).count()


def _check_places(session: Session, capacity: int) -> None:
    if (chosen := _chosen(session)) > capacity:
        raise TooFewInSession(
            _("More people have chosen this session than that: %(number)s")
            % {"number": chosen}
        )
