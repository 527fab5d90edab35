"""The readership of one thing in a time: what its page, its table and its JSON show."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models.functions import TruncMonth

from engagement.metrics import disclosure
from engagement.metrics.models import DayCount
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Figures

# What a count is by, and of which value.
Name = tuple[str, Any]
TOTAL: Name = ("total", "")


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
    languages = rows.filter(sector="").exclude(language="")
    sectors = rows.filter(language="").exclude(sector="")
    found: dict[str, Mapping[Any, Figures]] = {
        "day": readership.add_up(whole, "day"),
        "month": readership.add_up(whole.annotate(month=TruncMonth("day")), "month"),
        "language": readership.add_up(languages, "language"),
        "sector": readership.add_up(sectors, "sector"),
    }
    least, most = (_told(found, figures, end) for end in (0, 1))

    def parts(by: str) -> list[Part]:
        return [
            Part(key, one, Readers(least[by, key], most[by, key]))
            for key, one in found[by].items()
        ]

    return Readership(
        first=first,
        last=last,
        until=readership.until(),
        figures=figures,
        readers=Readers(least[TOTAL], most[TOTAL]),
        days=parts("day"),
        months=parts("month"),
        languages=parts("language"),
        sectors=parts("sector"),
    )


def _told(
    found: Mapping[str, Mapping[Any, Figures]], whole: Figures, end: int
) -> dict[Name, int | None]:
    """The lower ends of all counts of readers, or the upper ones, for those inside: the
    days of a month and the months add up to all of them. Who reads in two languages
    counts in both, and not everybody's sector is known."""
    counts = {
        (by, key): one.readers[end]
        for by, parts in found.items()
        for key, one in parts.items()
    }
    counts[TOTAL] = whole.readers[end]
    sums: list[tuple[Name, list[Name]]] = [
        (month, [at for at in counts if at[0] == "day" and _month(at[1]) == month[1]])
        for month in counts
        if month[0] == "month"
    ]
    sums.append((TOTAL, [month for month, _days in sums]))
    for by in ("language", "sector"):
        parts = [at for at in counts if at[0] == by]
        others = counts[TOTAL] - sum(counts[at] for at in parts)
        if parts and others >= 0:
            counts[by, "others"] = others
            sums.append((TOTAL, [*parts, (by, "others")]))
        elif parts:
            counts[by, "all"] = counts[TOTAL] - others
            sums.append(((by, "all"), parts))
    fewest = disclosure.threshold(public=False)
    return disclosure.protect_sums(counts, sums, fewest=fewest)


def _month(day: date) -> date:
    return day.replace(day=1)
