"""When the clocks of a place change (VTIMEZONE of RFC 5545, 3.6.5).

Written here, as icalendar 7.3 begins summer time an hour late: an onset is told by the
clock that holds until then. A rule is given where there is one: programs that know no
lists of days (Outlook) know rules.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Clock(NamedTuple):
    """What a clock does before an onset and from it on."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool


def component(name: str, first: int, last: int) -> icalendar.Timezone:
    """The clock of the zone of that name in the years from `first` to `last`."""
    zone = ZoneInfo(name)
    start = datetime(first, 1, 1, tzinfo=UTC)
    onsets = defaultdict(list)
    for at in _changes(zone, start, datetime(last + 1, 1, 1, tzinfo=UTC)):
        clock = _clock(zone, at)
        onsets[clock].append((at + clock.before).replace(tzinfo=None))
    whole = icalendar.Timezone()
    whole.add("tzid", name)
    opening = _clock(zone, start)._replace(before=_offset(zone, start))
    whole.add_component(_part(opening, [start.replace(tzinfo=None)], {}))
    for clock, times in onsets.items():
        whole.add_component(_part(clock, times, _rule(times, first, last)))
    return whole


def _part(
    clock: Clock, times: list[datetime], rule: dict[str, str | int]
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    kind = icalendar.TimezoneDaylight if clock.summer else icalendar.TimezoneStandard
    part = kind()
    part.add("dtstart", times[0])
    part.add("tzoffsetfrom", clock.before)
    part.add("tzoffsetto", clock.after)
    part.add("tzname", clock.name)
    if rule:
        part.add("rrule", rule)
    elif times[1:]:
        part.add("rdate", times[1:])
    return part


def _rule(times: list[datetime], first: int, last: int) -> dict[str, str | int]:
    """As "the last Sunday of March"; empty where it is not the same each year."""
    if [at.year for at in times] != list(range(first, last + 1)):
        return {}
    same = {(at.month, at.weekday(), at.time()) for at in times}
    ends = {at.day + 7 > monthrange(at.year, at.month)[1] for at in times}
    places = {-1} if ends == {True} else {(at.day - 1) // 7 + 1 for at in times}
    if len(same) > 1 or len(places) > 1:
        return {}
    day = f"{places.pop()}{DAYS[times[0].weekday()]}"
    return {"freq": "yearly", "bymonth": times[0].month, "byday": day}


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments from which another clock holds; no two are on one day."""
    while start < end:
        if _offset(zone, start) != _offset(zone, start + DAY):
            yield _between(zone, start, start + DAY)
        start += DAY


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    old = _offset(zone, low)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return high.replace(microsecond=0)


def _clock(zone: ZoneInfo, at: datetime) -> Clock:
    local = at.astimezone(zone)
    before = _offset(zone, at - SECOND)
    after = _offset(zone, at)
    return Clock(before, after, local.tzname() or zone.key, bool(local.dst()))


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
