"""What was read, and by how many: the figures of every page, file, report and API.

They are read from the counts of days and nothing else, so what they say is as old as its last
count. Days are those of Wales, and whole.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from engagement.metrics.models import CountedDay, DayCount, DayFollowed
from engagement.metrics.models_counts import DayCountQuerySet

# The first moment in, and the first one out.
During = tuple[datetime, datetime]


class Range(NamedTuple):
    """People for certain, and with those that could not be told apart."""

    at_least: int
    at_most: int


class Figures(NamedTuple):
    """Sums over days; `readers` are of each day, so somebody who comes back on another
    day counts again."""

    persons: int = 0
    machines: int = 0
    proxies: int = 0
    suspects: int = 0
    requests: Range = Range(0, 0)
    unique_requests: Range = Range(0, 0)
    investigations: Range = Range(0, 0)
    unique_investigations: Range = Range(0, 0)
    readers: Range = Range(0, 0)


PLAIN = ("persons", "machines", "proxies", "suspects")
RANGES = tuple(name for name in Figures._fields if name not in PLAIN)
_COLUMNS = [*PLAIN, *(f"{name}_{end}" for name in RANGES for end in ("least", "most"))]


def add_up(rows: DayCountQuerySet, *by: str) -> dict[Any, Figures]:
    """THE figures: the sums of these rows for each value of `by`, one name or several."""
    sums = {f"sum_{name}": Sum(name) for name in _COLUMNS}
    found = rows.order_by(*by).values(*by).annotate(**sums)
    key = _one if len(by) == 1 else _several
    return {key(row, by): _figures(row) for row in found}


def of_item(
    kind: str, item_id: int, first: date | None = None, last: date | None = None
) -> Figures:
    rows = DayCount.objects.of(kind, item_id).between(first, last).whole()
    return add_up(rows, "target_id").get(item_id, Figures())


def counted(*, target_kind: str, study_id: int, during: During | None = None) -> Range:
    """Requests, double clicks taken once; of all time unless it is said."""
    return _study(target_kind, study_id, during).requests


def readers(*, target_kind: str, study_id: int, during: During | None = None) -> Range:
    """Different clients of one day, over all days."""
    return _study(target_kind, study_id, during).readers


def counted_by_target(
    *, target_kind: str, study_id: int, during: During | None = None
) -> dict[int, Range]:
    """As `counted`, for each target that somebody may have asked for."""
    return counted_by_study([study_id], target_kind=target_kind, during=during)


def counted_by_study(
    study_ids: Iterable[int], *, target_kind: str, during: During | None = None
) -> dict[int, Range]:
    """As `counted_by_target`, over several studies at once; 0 is of none."""
    rows = DayCount.objects.filter(
        study_id__in=list(study_ids), target_kind=target_kind
    )
    parts = rows.exclude(target_id=0).whole().between(*_days(during))
    found = add_up(parts, "target_id")
    return {
        number: one.requests for number, one in found.items() if one.requests.at_most
    }


def by_language(
    *, target_kind: str, study_id: int, during: During | None = None
) -> dict[str, Figures]:
    """Of pages and files in each language; whoever read two things is two readers."""
    return add_up(in_languages(study_id, target_kind, during=during), "language")


def by_month(
    kinds: Iterable[str], first: date, last: date
) -> dict[tuple[str, int, date], Figures]:
    """Of each thing of these kinds, in each month in which there were hits on it."""
    rows = DayCount.objects.filter(target_kind__in=list(kinds)).exclude(target_id=0)
    timed = rows.between(first, last).whole().annotate(month=TruncMonth("day"))
    return add_up(timed, "target_kind", "target_id", "month")


def readers_by_day(
    kinds: Iterable[str], *, study_id: int, during: During
) -> dict[date, Range]:
    """Days on which somebody may have read. Who reads two kinds is a reader of each."""
    found = add_up(of_study(study_id, *kinds, during=during), "day")
    return {day: one.readers for day, one in found.items()}


def followed(*, study_id: int, during: During | None = None) -> Range:
    """Mails whose links were followed, each once a day."""
    found = followed_by_day(study_id=study_id, during=during).values()
    return Range(sum(one.at_least for one in found), sum(one.at_most for one in found))


def followed_by_day(
    *, study_id: int, during: During | None = None
) -> dict[date, Range]:
    """Days on which somebody may have followed a link, in order."""
    rows = DayFollowed.objects.filter(study_id=study_id, letters_most__gt=0)
    first, last = _days(during)
    if first and last:
        rows = rows.filter(day__range=(first, last))
    found = rows.order_by("day").values_list("day", "letters_least", "letters_most")
    return {day: Range(least, most) for day, least, most in found}


def until() -> datetime | None:
    """The figures hold hits up to then; None where nothing was ever counted."""
    newest: datetime | None = CountedDay.objects.aggregate(at=Max("counted_at"))["at"]
    return newest


def of_study(
    study_id: int, *kinds: str, during: During | None = None
) -> DayCountQuerySet:
    """The counts of each day that stand for all of a kind in a study."""
    rows = DayCount.objects.filter(study_id=study_id, target_kind__in=kinds)
    return rows.filter(target_id=0).whole().between(*_days(during))


def in_languages(
    study_id: int, *kinds: str, during: During | None = None
) -> DayCountQuerySet:
    """The counts of each day and thing in one language."""
    rows = DayCount.objects.filter(study_id=study_id, target_kind__in=kinds)
    parts = rows.exclude(target_id=0).filter(sector="").exclude(language="")
    return parts.between(*_days(during))


def whole_days(during: During) -> During:
    """From the first moment of the first day to the first one after the last."""
    first, last = _first_and_last(during)
    days = first, last + timedelta(days=1)
    start, end = (datetime.combine(day, time.min) for day in days)
    return timezone.make_aware(start), timezone.make_aware(end)


def _study(kind: str, study_id: int, during: During | None) -> Figures:
    rows = of_study(study_id, kind, during=during)
    return add_up(rows, "study_id").get(study_id, Figures())


def _days(during: During | None) -> tuple[date | None, date | None]:
    """The days that hold the first moment and the last; nothing of no time."""
    return (None, None) if during is None else _first_and_last(during)


def _first_and_last(during: During) -> tuple[date, date]:
    last = during[1] - timedelta(microseconds=1)
    return timezone.localdate(during[0]), timezone.localdate(last)


def _one(row: dict[str, Any], by: tuple[str, ...]) -> Any:
    return row[by[0]]


def _several(row: dict[str, Any], by: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in by)


def _figures(row: dict[str, Any]) -> Figures:
    figures: dict[str, Any] = {name: row[f"sum_{name}"] for name in PLAIN}
    for name in RANGES:
        figures[name] = Range(row[f"sum_{name}_least"], row[f"sum_{name}_most"])
    return Figures(**figures)
