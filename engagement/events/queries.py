"""Which events ask the same people for too much in one week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import NamedTuple

from django.db.models import Q, QuerySet

from engagement.events.models import (
    Event,
    EventQuerySet,
    Invitation,
    Registration,
)
from engagement.events.services import times
from engagement.people.models import Person

DAY = timedelta(days=1)
# Whoever said one of these does not come.
NOT_COMING = (
    *(Invitation.Answer.NO, Invitation.Answer.DEPUTY),
    Invitation.Answer.KEEP_INFORMED,
)


class Clash(NamedTuple):
    """Two events in one week, of which Monday is the first day, and how many people are
    invited or registered to both."""

    monday: date
    one: Event
    other: Event
    number: int


def days_of(event: Event) -> list[date]:
    """The days that it is on, by its own clock."""
    if event.starts_at is None:
        return [event.starts_on] if event.starts_on and not event.date_note_en else []
    return [day.date() for day in times.days(event)]


def on_days(events: EventQuerySet, first: date, last: date) -> list[Event]:
    """Those that are on from the first day to the last, by their own clocks; soonest
    first."""
    # No clock is a day off any other.
    start = datetime.combine(first - DAY, time.min, UTC)
    end = datetime.combine(last + 2 * DAY, time.min, UTC)
    timed = Q(starts_at__lt=end) & (Q(ends_at__gte=start) | Q(starts_at__gte=start))
    found = events.filter(timed | Q(starts_at=None, starts_on__range=(first, last)))
    by_time = found.select_related("study").order_by("starts_at", "starts_on", "slug")
    return [one for one in by_time if any(first <= day <= last for day in days_of(one))]


def clashes(first: date, last: date) -> list[Clash]:
    """In the weeks from the first day to the last, drafts and plans too. Events of one
    series are none: who is asked to several goes to one of them, or means to go to all.
    """
    first, last = monday(first), monday(last) + 6 * DAY
    ahead = Event.objects.exclude(status__in=["cancelled", "not_held"])
    return _among(on_days(ahead, first, last), first, last)


def clashes_of(event: Event) -> list[Clash]:
    """Those of one event, which stands first in each."""
    if event.status in (Event.Status.CANCELLED, Event.Status.NOT_HELD):
        return []
    if not (days := days_of(event)):
        return []
    return [
        clash if clash.one == event else clash._replace(one=event, other=clash.one)
        for clash in clashes(days[0], days[-1])
        if event in (clash.one, clash.other)
    ]


def in_both(one: Event, other: Event) -> QuerySet[Person]:
    """Who is invited or registered to both, by name."""
    people = Person.objects.filter(pk__in=_asked([one])[one.pk])
    return people.filter(pk__in=_asked([other])[other.pk]).order_by("name", "pk")


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _among(events: list[Event], first: date, last: date) -> list[Clash]:
    asked = _asked(events)
    weeks: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        for start in sorted({monday(day) for day in days_of(event)}):
            if first <= start <= last:
                weeks[start].append(event)
    return [
        Clash(start, one, other, number)
        for start in sorted(weeks)
        for one, other in combinations(weeks[start], 2)
        if one.series_id is None or one.series_id != other.series_id
        if (number := len(asked[one.pk] & asked[other.pk]))
    ]


def _asked(events: Iterable[Event]) -> dict[int, set[int]]:
    """Per event, who is invited and has not said no, or registered and not cancelled."""
    found: dict[int, set[int]] = defaultdict(set)
    ids = [event.pk for event in events]
    of_these = Q(event__in=ids, person__isnull=False)
    invited = Invitation.objects.filter(of_these, withdrawn_at=None)
    invited = invited.exclude(answer__in=NOT_COMING)
    registered = Registration.objects.in_force().filter(of_these)
    for rows in (invited, registered):
        for event, person in rows.order_by().values_list("event", "person"):
            found[event].add(person)
    return found
