"""A month of events: for the public, and for staff with what clashes."""

from calendar import Calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import public, requires
from engagement.events import queries
from engagement.events.models import Event, EventQuerySet

YEARS = range(1990, 2101)
LONG = timedelta(days=31)


class Day(NamedTuple):
    date: date
    inside: bool
    events: list[Event]


@public
@require_safe
def calendar(
    request: HttpRequest, year: int | None = None, month: int | None = None
) -> HttpResponse:
    context = _month(Event.objects.listed(), year, month)
    context["name"] = "events:calendar_of"
    return render(request, "events/month.html", context)


@requires("events.manage")
@require_safe
def month(
    request: StaffRequest, year: int | None = None, month: int | None = None
) -> HttpResponse:
    """All studies, drafts too, and where the same people are asked twice in a week."""
    context = _month(Event.objects.all(), year, month)
    first, last = context["weeks"][0][0].date, context["weeks"][-1][-1].date
    context |= {"clashes": queries.clashes(first, last), "staff": True}
    context["name"] = "events:month_of"
    return render(request, "events/month.html", context)


@requires("events.manage")
@require_safe
def clash(request: StaffRequest, slug: str, other: str) -> HttpResponse:
    """Who is asked to both."""
    one, another = (get_object_or_404(Event, slug=each) for each in (slug, other))
    context = {"event": one, "other": another, "people": queries.in_both(one, another)}
    return render(request, "events/clash.html", context)


def _month(
    events: EventQuerySet, year: int | None, month: int | None
) -> dict[str, Any]:
    """Whole weeks, Monday first. Raises Http404 for a month that there is not."""
    today = timezone.localdate()
    if year is None or month is None:
        year, month = today.year, today.month
    if year not in YEARS or month not in MONTHS:
        raise Http404
    weeks = Calendar().monthdatescalendar(year, month)
    on = defaultdict(list)
    for event in queries.on_days(events, weeks[0][0], weeks[-1][-1]):
        for day in queries.days_of(event):
            on[day].append(event)
    first = date(year, month, 1)
    return {
        "weeks": [
            [Day(day, day.month == month, on[day]) for day in week] for week in weeks
        ],
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + LONG,
        "today": today,
        "empty": not any(
            on[day] for week in weeks for day in week if day.month == month
        ),
    }
