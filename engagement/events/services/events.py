"""What staff do with an event."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual, clocks, slugs
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import Event
from engagement.events.services import (
    calendar_mail,
    changes,
    invitations,
    readiness,
    waiting_list,
)
from engagement.mail.services import messages

# Once it is over, an event is a record and no longer a plan.
CHANGEABLE = ("proposed", "planned", "draft", "published", "ongoing")


class NotReady(Refused):
    """Published is only what is whole; `missing` names what is not, for the reader."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This event cannot be published yet."))


class NotChangeable(Refused):
    """It is over."""


class TooFewPlaces(Refused):
    """More people have registered than there would be places."""


class NotBegun(Refused):
    """What has not begun has not been held."""


class OneLanguageOnly(Refused):
    """A reason is given in both languages or not at all."""


def create(*, by: User | None, fields: Mapping[str, Any]) -> Event:
    """A draft with these columns; its address is made from the English title."""
    with transaction.atomic():
        event = Event(**fields, status=Event.Status.DRAFT)
        event.slug = slugs.make(event.title_en)
        event.save()
        entries.record(by=by, action="event.created", target=event)
    return event


def update(*, by: User | None, event: Event, fields: Mapping[str, Any]) -> Event:
    """Changes these columns; sessions move along with the start. Raises NotChangeable,
    TooFewPlaces, NotReady, or of `clocks` what no session can be moved to."""
    with transaction.atomic():
        event = _locked(event)
        check_changeable(event)
        old = changes.before(event)
        for name, value in fields.items():
            setattr(event, name, value)
        changed = changes.between(old, event)
        _check_places(event)
        check_still_whole(event)
        _move_sessions(old, event)
        event.save()
        entries.record(by=by, action="event.updated", target=event)
        waiting_list.settle(by=by, event=event)
        changes.tell(old=old, event=event, changed=changed)
        if event.starts_at != old.starts_at:
            # Whoever was reminded of the old time is reminded of the new one.
            event.registrations.update(reminded_at=None, joining_sent_at=None)
    return event


def _move_sessions(old: Event, event: Event) -> None:
    """Along with the start, by the clocks of where the event was and is."""
    if not (old.starts_at and event.starts_at):
        return
    later = clocks.face(event.starts_at, event.zone) - clocks.face(
        old.starts_at, old.zone
    )
    if not later and old.zone == event.zone:
        return
    for session in event.sessions.all():
        for name in ("starts_at", "ends_at"):
            face = clocks.face(getattr(session, name), old.zone) + later
            setattr(session, name, clocks.moment(face, event.zone))
        session.save(update_fields=["starts_at", "ends_at"])


def publish(*, by: User | None, event: Event) -> Event:
    """Opens it for registration. Raises MoveNotAllowed or NotReady."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.PUBLISHED)
        _check_ready(event)
        event.published_at = timezone.now()
        _move(event, Event.Status.PUBLISHED)
        entries.record(by=by, action="event.published", target=event)
    return event


def cancel(*, by: User | None, event: Event, reason_en: str, reason_cy: str) -> Event:
    """Calls it off and writes to everybody registered or asked who has not said no.
    Raises MoveNotAllowed, OneLanguageOnly."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.CANCELLED)
        _give_reason(event, reason_en, reason_cy)
        _move(event, Event.Status.CANCELLED)
        entries.record(by=by, action="event.cancelled", target=event)
        invitations.tell_cancelled(event=event)
        for registration in event.registrations.in_force().exclude(email=""):
            messages.send(
                kind="event_cancelled",
                to=registration.email,
                language=registration.language,
                context={"event": event, "registration": registration},
                calendar=calendar_mail.invite(registration),
            )
    return event


def hold(
    *,
    by: User | None,
    event: Event,
    outcome_en: str = "",
    outcome_cy: str = "",
    attended_reported: int | None = None,
) -> Event:
    """It took place. Raises MoveNotAllowed, NotBegun or OneLanguageOnly."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.HELD)
        if event.starts_at and event.starts_at > timezone.now():
            raise NotBegun(_("This event has not begun yet."))
        event.outcome_en, event.outcome_cy = outcome_en, outcome_cy
        _check_both(event, "outcome")
        event.attended_reported = attended_reported
        _move(event, Event.Status.HELD)
        entries.record(by=by, action="event.held", target=event)
    return event


def not_held(*, by: User | None, event: Event, reason_en: str, reason_cy: str) -> Event:
    """It was planned and did not take place; from now on the public reads of it.

    Raises MoveNotAllowed, OneLanguageOnly, or NotReady where a draft is in one language.
    """
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.NOT_HELD)
        if event.status == Event.Status.DRAFT and (
            absent := readiness.untranslated(event)
        ):
            raise NotReady(absent)
        _give_reason(event, reason_en, reason_cy)
        _move(event, Event.Status.NOT_HELD)
        entries.record(by=by, action="event.not_held", target=event)
    return event


def check_changeable(event: Event) -> None:
    """Raises NotChangeable."""
    if event.status not in CHANGEABLE:
        raise NotChangeable(_("This event is over and can no longer be changed."))


def check_still_whole(event: Event) -> None:
    """Raises NotReady where it is published and something of it is missing."""
    if event.status == Event.Status.PUBLISHED:
        _check_ready(event)


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _move(event: Event, status: str) -> None:
    event.status = status
    event.sequence += 1
    event.save()


def _give_reason(event: Event, reason_en: str, reason_cy: str) -> None:
    if not (reason_en.strip() and reason_cy.strip()):
        raise OneLanguageOnly(_("Give the reason in English and in Welsh."))
    event.status_note_en, event.status_note_cy = reason_en, reason_cy


def _check_both(event: Event, field: str) -> None:
    if bilingual.missing(event, field):
        raise OneLanguageOnly(_("Write this in English and in Welsh, or in neither."))


def _check_places(event: Event) -> None:
    registered = event.registrations.holding().count()
    if event.capacity is not None and event.capacity < registered:
        raise TooFewPlaces(
            _("More people have registered than this. Registrations: %(number)s")
            % {"number": registered}
        )


def _check_ready(event: Event) -> None:
    if absent := readiness.missing(event):
        raise NotReady(absent)
