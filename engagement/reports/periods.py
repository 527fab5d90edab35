"""The time that is looked at: since the group last met, a quarter, a year, or two days."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event
from engagement.groups.models import Meeting
from engagement.studies.models import Study

MEETING, QUARTER, YEAR, DAYS = "meeting", "quarter", "year", "days"
USUAL = (MEETING, QUARTER, YEAR)
CHOICES = [
    (MEETING, _("Since the last meeting")),
    (QUARTER, _("The last three months")),
    (YEAR, _("The last twelve months")),
    (DAYS, _("From one day to another")),
]
# Of a study none of whose groups has met.
OTHERWISE = timedelta(days=90)


class Period(NamedTuple):
    """`since` is the first moment in it, `until` the first one out; `met` says that a
    meeting began it."""

    since: datetime
    until: datetime
    met: bool = False

    @property
    def first(self) -> date:
        return timezone.localdate(self.since)

    @property
    def last(self) -> date:
        return timezone.localdate(self.until - timedelta(microseconds=1))

    @property
    def before(self) -> "Period":
        """As long, and up to it."""
        return Period(self.since - (self.until - self.since), self.since)


def usual(study: Study, key: str, now: datetime) -> Period:
    """One of USUAL, up to `now`."""
    if key == MEETING:
        last = _last_meeting(study, now)
        return Period(last or now - OTHERWISE, now, last is not None)
    months = 3 if key == QUARTER else 12
    return Period(_midnight(_earlier(timezone.localdate(now), months)), now)


def days(first: date, last: date) -> Period:
    """Both days are in it, by the clocks of Wales; nothing of what is still to come."""
    end = _midnight(last + timedelta(days=1))
    return Period(_midnight(first), min(end, timezone.now()))


def last_quarter(today: date) -> tuple[str, date, date]:
    """The last whole quarter of the calendar: "2011-Q1", its first and its last day."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    month = quarter * 3 + 1
    last = date(year, month + 2, monthrange(year, month + 2)[1])
    return f"{year}-Q{quarter + 1}", date(year, month, 1), last


def _last_meeting(study: Study, now: datetime) -> datetime | None:
    held = Meeting.objects.filter(
        group__study=study, event__status=Event.Status.HELD, event__starts_at__lt=now
    )
    found: datetime | None = held.aggregate(last=Max("event__starts_at"))["last"]
    return found


def _earlier(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
