"""An event once more: one copy, or many as the calendar repeats."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import clocks, slugs
from engagement.core.errors import Refused
from engagement.events.models import Event, Series, Session
from engagement.events.services import places

# What a copy takes over: the plan, and nothing of what came of it.
PLAN = (
    *("study", "series", "organiser", "kind", "title_en", "title_cy"),
    *("description_en", "description_cy", "audience_en", "audience_cy"),
    *("host_en", "host_cy", "format_en", "format_cy", "led_by_en", "led_by_cy"),
    *("time_zone", "mode", "venue_en", "venue_cy"),
    *("join_url", "join_note_en", "join_note_cy", "languages", "interpretation"),
    *("capacity", "offer_hours", "is_synthetic"),
)


class NothingToRepeat(Refused):
    """Each of the days has its event already, or there is no day."""


def duplicate(*, by: User | None, event: Event, starts: datetime | None) -> Event:
    """A draft with the same plan that starts when the clocks show `starts`; without it,
    at no known time and with no sessions. Raises what `clocks.moment` raises."""
    with transaction.atomic():
        copy = _copy(event, starts)
        entries.record(by=by, action="event.created", target=copy)
    return copy


def repeat(*, by: User | None, event: Event, starts: Sequence[datetime]) -> list[Event]:
    """A draft in the event's series for each of these, by its clocks; the series is made
    where it has none. A day that has its event is left out, so nothing is made twice.

    Raises NothingToRepeat, or what `clocks.moment` raises; then none is made.
    """
    with transaction.atomic():
        event = places.lock(event)
        missing = _missing(event, starts)
        if not missing:
            raise NothingToRepeat(
                _("There is an event on each of these dates already.")
            )
        if event.series is None:
            event.series = Series.objects.create(
                title_en=event.title_en, title_cy=event.title_cy
            )
            event.save(update_fields=["series", "updated_at"])
        copies = [_copy(event, face) for face in missing]
        entries.record_many(by=by, action="event.created", targets=copies)
        entries.record(by=by, action="event.repeated", target=event, number=len(copies))
    return copies


class Repeat(NamedTuple):
    """A date before anything is made: by the clocks, and why nothing will be made."""

    face: datetime
    already: bool
    error: str


def preview(event: Event, starts: Sequence[datetime]) -> list[Repeat]:
    """Each of the dates, as `repeat` would take it."""
    missing = set(_missing(event, starts))
    return [Repeat(face, face not in missing, _error(event, face)) for face in starts]


def _error(event: Event, face: datetime) -> str:
    try:
        clocks.moment(face, event.zone)
    except Refused as error:
        return str(error)
    return ""


def _missing(event: Event, starts: Sequence[datetime]) -> list[datetime]:
    """Those of them at which the series has no event yet."""
    known = Event.objects.filter(pk=event.pk)
    if event.series_id:
        known = Event.objects.filter(series=event.series_id)
    there = {
        clocks.face(at, event.zone)
        for at in known.values_list("starts_at", flat=True)
        if at
    }
    return [face for face in starts if face not in there]


def _copy(event: Event, starts: datetime | None) -> Event:
    copy = Event(**{name: getattr(event, name) for name in PLAN})
    copy.slug = slugs.make(copy.title_en)
    later = None
    if starts and event.starts_at:
        later = starts - clocks.face(event.starts_at, event.zone)
        _shift(event, copy, later, "starts_at", "ends_at", "registration_closes_at")
    elif starts:
        copy.starts_at = clocks.moment(starts, event.zone)
    copy.save()
    _copy_programme(event, copy, later)
    _copy_form(event, copy)
    return copy


def _shift(source: Any, target: Any, later: timedelta, *names: str) -> None:
    """By the clocks of the event, so that ten o'clock stays ten o'clock."""
    zone = getattr(source, "event", source).zone
    for name in names:
        if at := getattr(source, name):
            setattr(target, name, clocks.shift(at, later, zone))


def _copy_programme(event: Event, copy: Event, later: timedelta | None) -> None:
    new: dict[int | None, Session | None] = {None: None}
    for session in event.sessions.all() if later is not None else ():
        made = Session(**_columns(session, "event"), event=copy)
        _shift(session, made, later or timedelta(), "starts_at", "ends_at")
        made.save()
        new[session.pk] = made
    for speaker in event.speakers.all():
        columns = _columns(speaker, "event", "session")
        copy.speakers.create(**columns, session=new.get(speaker.session_id))


def _copy_form(event: Event, copy: Event) -> None:
    for quota in event.quotas.all():
        copy.quotas.create(**_columns(quota, "event"))
    for question in event.questions.prefetch_related("options"):
        made = copy.questions.create(**_columns(question, "event"))
        for option in question.options.all():
            made.options.create(**_columns(option, "question"))


def _columns(row: Any, *without: str) -> dict[str, Any]:
    """Of a row, but for its key and those that say whose it is."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in without
    }
