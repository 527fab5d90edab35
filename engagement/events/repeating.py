"""On which days an event is repeated (the rules of RFC 5545, 3.3.10)."""

from datetime import date, datetime

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

WEEKS, MONTHS = "weeks", "months"
# More at once than these is a slip of the finger.
MOST = 52


def starts(
    first: datetime,
    *,
    unit: str,
    every: int,
    number: int | None = None,
    until: date | None = None,
) -> list[datetime]:
    """What clocks show when each repeat of `first` starts, without `first` itself: so
    many, or up to and with the day `until`; never more than MOST.

    Months keep to the same weekday: the first Tuesday, or the last where it is the fifth,
    which not every month has.
    """
    limit = min(number or MOST, MOST) + 1
    rule = rrule(
        WEEKLY if unit == WEEKS else MONTHLY,
        dtstart=first,
        interval=every,
        count=limit,
        byweekday=None if unit == WEEKS else _weekday(first),
    )
    later = list(rule)[1:]
    return [face for face in later if until is None or face.date() <= until]


def _weekday(day: datetime) -> weekday:
    nth = (day.day - 1) // 7 + 1
    return weekday(day.weekday(), -1 if nth == 5 else nth)
