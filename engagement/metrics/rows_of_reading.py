"""What figures of reading were summed from: days, and what was read on each. Never a hit,
nor a count of people that is small."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.metrics import disclosure, items
from engagement.metrics.models import DayCount
from engagement.metrics.registry import During
from engagement.metrics.rows import Line, Link, Links, Rows
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Range

HEADINGS = (_("Day"), _("At least"), _("At most"), _("What was read"))
# Things named beside a day; the page of readership has them all.
MOST = 10


class Day(NamedTuple):
    """None where a count is hidden."""

    day: date
    at_least: int | None
    at_most: int | None
    study_id: int


def requests(*kinds: str) -> Rows:
    """Those of each day."""

    def find(study_id: int, during: During | None = None) -> list[Day]:
        found = _sums(readership.of_study(study_id, *kinds, during=during), "requests")
        return [Day(day, *one, study_id) for day, one in found.items()]

    return _rows(find, kinds)


def readers(*kinds: str) -> Rows:
    """Different ones of each day."""

    def find(study_id: int, during: During | None = None) -> list[Day]:
        rows = readership.of_study(study_id, *kinds, during=during)
        return _hidden(_sums(rows, "readers"), study_id)

    return _rows(find, kinds)


def readers_in_welsh(kind: str) -> Rows:
    def find(study_id: int, during: During | None = None) -> list[Day]:
        rows = readership.in_languages(study_id, kind, during=during)
        found = _sums(rows.filter(language="cy"), "readers")
        least = {day: Range(one[0], one[0]) for day, one in found.items() if one[0]}
        return _hidden(least, study_id)

    return _rows(find, (kind,), language="cy")


def followed() -> Rows:
    """Deliveries of each day whose links were followed."""

    def find(study_id: int, during: During | None = None) -> list[Day]:
        found = readership.followed_by_day(study_id=study_id, during=during)
        return _hidden(found, study_id)

    def lines(days: Sequence[Day]) -> Iterable[Line]:
        return [Line([one.day, one.at_least, one.at_most]) for one in days]

    return Rows(HEADINGS[:3], find, lines, counted=False)


def _rows(
    find: Callable[..., list[Day]], kinds: Sequence[str], *, language: str = ""
) -> Rows:
    def lines(days: Sequence[Day]) -> Iterable[Line]:
        read = _read(days, kinds, language) if days else {}
        return [
            Line([one.day, one.at_least, one.at_most, Links(read.get(one.day, ()))])
            for one in days
        ]

    return Rows(HEADINGS, find, lines, counted=False)


def _sums(rows: Any, name: str) -> dict[date, Range]:
    """In order of days; without those on which nobody can have been a person."""
    found: Mapping[date, Any] = readership.add_up(rows, "day")
    sums = {day: getattr(figures, name) for day, figures in found.items()}
    return {day: one for day, one in sums.items() if one.at_most}


def _hidden(found: Mapping[date, Range], study_id: int) -> list[Day]:
    """Small counts of people, and what gives them away, over the whole time: not what
    stands on one page of it."""
    least = _told({day: one.at_least for day, one in found.items()})
    most = _told({day: one.at_most for day, one in found.items()})
    return [Day(day, least[day], most[day], study_id) for day in found]


def _told(days: Mapping[date, int]) -> dict[date | str, int | None]:
    """For those inside. The figure that the days are behind is their sum."""
    counts = dict[date | str, int](days.items())
    counts["total"] = sum(days.values())
    fewest = disclosure.threshold(public=False)
    return disclosure.protect_sums(counts, [("total", [*days])], fewest=fewest)


def _read(
    days: Sequence[Day], kinds: Sequence[str], language: str
) -> dict[date, tuple[Link, ...]]:
    """The things that were read on each day, with their readership of that day."""
    rows = DayCount.objects.filter(
        study_id=days[0].study_id,
        target_kind__in=kinds,
        day__in=[one.day for one in days],
        language=language,
        sector="",
        requests_most__gt=0,
    )
    read: dict[date, list[tuple[str, int]]] = defaultdict(list)
    ranked = rows.exclude(target_id=0).order_by("day", "-requests_most", "target_id")
    for day, kind, pk in ranked.values_list("day", "target_kind", "target_id"):
        if len(read[day]) < MOST:
            read[day].append((kind, pk))
    links = _links({one for several in read.values() for one in several})
    return {
        day: tuple(
            Link(title, f"{page}?first={day}&last={day}")
            for title, page in (links[one] for one in several if one in links)
        )
        for day, several in read.items()
    }


def _links(things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Link]:
    """Each thing by the name of the work that it is of, with its page of readership."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, pk in things:
        ids[kind].append(pk)
    links = {}
    for kind, several in ids.items():
        if target := items.target(kind):
            works = target.work_of(several)
            named = items.find(target.item_kind, works.values())
            for pk, work in works.items():
                if work in named:
                    page = reverse("metrics:item", args=[target.item_kind, work])
                    links[kind, pk] = Link(named[work].title, page)
    return links
