"""The readership of one thing in a time: what its page, its table and its JSON show."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models.functions import TruncMonth

from engagement.metrics.models import DayCount
from engagement.metrics.models_counts import DayCountQuerySet
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Figures
from engagement.metrics.suppression import FEWEST, suppress


class Readers(NamedTuple):
    """People; None where a count is hidden because it is small, or would give one away
    that is."""

    at_least: int | None
    at_most: int | None


class Part(NamedTuple):
    """`key` is a day, a language or a sector."""

    key: Any
    figures: Figures
    readers: Readers


class Readership(NamedTuple):
    """`until`: no hit that came later is in it."""

    first: date
    last: date
    until: datetime | None
    figures: Figures
    readers: Readers
    days: list[Part]
    months: list[Part]
    languages: list[Part]
    sectors: list[Part]


def of(kind: str, item_id: int, first: date, last: date) -> Readership:
    rows = DayCount.objects.of(kind, item_id).between(first, last)
    whole = rows.whole()
    figures = readership.of_item(kind, item_id, first, last)
    by_language = rows.filter(sector="").exclude(language="")
    by_sector = rows.filter(language="").exclude(sector="")
    return Readership(
        first=first,
        last=last,
        until=readership.until(),
        figures=figures,
        readers=Readers(*(_shown(count) for count in figures.readers)),
        days=_parts(whole, "day"),
        months=_parts(whole.annotate(month=TruncMonth("day")), "month"),
        languages=_parts(by_language, "language"),
        sectors=_parts(by_sector, "sector"),
    )


def _shown(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _parts(rows: DayCountQuerySet, by: str) -> list[Part]:
    """In order; small counts of people are hidden, and what gives them away."""
    found: Mapping[Any, Figures] = readership.add_up(rows, by)
    least = suppress([one.readers.at_least for one in found.values()])
    most = suppress([one.readers.at_most for one in found.values()])
    return [
        Part(key, one, Readers(low, high))
        for (key, one), low, high in zip(found.items(), least, most, strict=True)
    ]
