"""What staff do with an event."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import Event
from engagement.mail.services import messages

BILINGUAL = ("title", "description", "venue", "audience", "format", "led_by")
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
        event.slug = _slug(event.title_en)
        event.save()
        entries.record(by=by, action="event.created", target=event)
    return event


def update(*, by: User | None, event: Event, fields: Mapping[str, Any]) -> Event:
    """Changes these columns. Raises NotChangeable, TooFewPlaces or NotReady."""
    with transaction.atomic():
        event = _locked(event)
        if event.status not in CHANGEABLE:
            raise NotChangeable(_("This event is over and can no longer be changed."))
        for name, value in fields.items():
            setattr(event, name, value)
        _check_places(event)
        if event.status == Event.Status.PUBLISHED:
            _check_ready(event)
        event.save()
        entries.record(by=by, action="event.updated", target=event)
    return event


def publish(*, by: User | None, event: Event) -> Event:
    """Opens it for registration. Raises MoveNotAllowed or NotReady."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.PUBLISHED)
        _check_ready(event)
        _move(event, Event.Status.PUBLISHED)
        entries.record(by=by, action="event.published", target=event)
    return event


def cancel(*, by: User | None, event: Event, reason_en: str, reason_cy: str) -> Event:
    """Calls it off and writes to everybody registered. Raises MoveNotAllowed, OneLanguageOnly."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.CANCELLED)
        _give_reason(event, reason_en, reason_cy)
        _move(event, Event.Status.CANCELLED)
        entries.record(by=by, action="event.cancelled", target=event)
        for registration in event.registrations.live():
            messages.send(
                kind="event_cancelled",
                to=registration.email,
                language=registration.language,
                context={"event": event, "registration": registration},
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
    """It was planned and did not take place. Raises MoveNotAllowed or OneLanguageOnly."""
    with transaction.atomic():
        event = _locked(event)
        check_move(Event.MOVES, event.status, Event.Status.NOT_HELD)
        _give_reason(event, reason_en, reason_cy)
        _move(event, Event.Status.NOT_HELD)
        entries.record(by=by, action="event.not_held", target=event)
    return event


def _slug(title: str) -> str:
    """The random end keeps two alike apart, and off the addresses of our own pages."""
    return f"{slugify(title)[:70]}-{get_random_string(5, 'bcdfghjkmnpqrstvwxz')}"


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _move(event: Event, status: str) -> None:
    event.status = status
    event.save()


def _give_reason(event: Event, reason_en: str, reason_cy: str) -> None:
    if not (reason_en.strip() and reason_cy.strip()):
        raise OneLanguageOnly(_("Give the reason in English and in Welsh."))
    event.status_note_en, event.status_note_cy = reason_en, reason_cy


def _check_both(event: Event, field: str) -> None:
    if bilingual.missing(event, field):
        raise OneLanguageOnly(_("Write this in English and in Welsh, or in neither."))


def _check_places(event: Event) -> None:
    registered = event.registrations.live().count()
    if event.capacity is not None and event.capacity < registered:
        raise TooFewPlaces(
            _("More people have registered than this. Registrations: %(number)s")
            % {"number": registered}
        )


def _check_ready(event: Event) -> None:
    absent: list[str] = bilingual.missing(event, *BILINGUAL)
    absent += [name for name in ("title_en", "title_cy") if not getattr(event, name)]
    if event.starts_at is None:
        absent.append("starts_at")
    if absent:
        raise NotReady(_labels(dict.fromkeys(absent)))


def _labels(names: Iterable[str]) -> list[str]:
    labels = {field.name: field.verbose_name for field in Event._meta.fields}
    return [str(labels[name]) for name in names]
