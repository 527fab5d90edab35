"""A readership in the reader's words: tables, and the chart of a page."""

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.metrics import items, registry
from engagement.metrics.reading import Part, Readers, Readership
from engagement.metrics.registry import Text
from engagement.metrics.services.readership import Range
from engagement.metrics.words import number

# More days than these are shown as months.
MOST_DAYS = 31


class Row(NamedTuple):
    label: str
    readers: str
    requests: str
    others: str


class Table(NamedTuple):
    caption: str
    heading: str
    rows: list[Row]


def between(found: Range) -> str:
    """ "3", or "3 to 5"."""
    if found.at_least == found.at_most:
        return number(found.at_least)
    words = {"low": number(found.at_least), "high": number(found.at_most)}
    return _("%(low)s to %(high)s") % words


def people(found: Readers) -> str:
    if found.at_most is None:
        return _("hidden")
    if found.at_least is None:
        return _("at most %(high)s") % {"high": number(found.at_most)}
    return between(Range(found.at_least, found.at_most))


def in_full(found: Range) -> str:
    words = {"low": number(found.at_least), "high": number(found.at_most)}
    return _("at least %(low)s, at most %(high)s") % words


def readers_in_full(found: Readers) -> str:
    if found.at_most is None:
        return _("hidden")
    if found.at_least is None:
        return _("at most %(high)s") % {"high": number(found.at_most)}
    return in_full(Range(found.at_least, found.at_most))


def tables(found: Readership) -> list[Table]:
    """Those that have rows."""
    languages, sectors = dict(settings.LANGUAGES), items.sectors()
    parts = [
        _table(_("By language"), _("Language"), found.languages, languages),
        _table(_("By sector, where it is known"), _("Sector"), found.sectors, sectors),
    ]
    return [table for table in parts if table.rows]


def _table(
    caption: str, heading: str, parts: list[Part], labels: Mapping[str, items.Text]
) -> Table:
    rows = [_row(str(labels.get(part.key, part.key)), part) for part in parts]
    return Table(caption, heading, rows)


def _row(label: str, part: Part) -> Row:
    figures = part.figures
    others = figures.machines + figures.proxies + figures.suspects
    return Row(label, people(part.readers), between(figures.requests), number(others))


class Figure(NamedTuple):
    """With where it is defined, and the days it was summed from; "" for nowhere."""

    label: str
    title: Text
    value: str
    meaning: Text
    definition: str
    rows: str


def figures(found: Readership, rows: str) -> list[Figure]:
    """What a page says of the whole time."""
    sums = found.figures
    told = [
        (_("Readers"), "thing-readers", readers_in_full(found.readers)),
        (_("Requests"), "thing-requests", in_full(sums.requests)),
        (_("Unique requests"), "thing-unique", in_full(sums.unique_requests)),
        (_("Investigations"), "thing-investigations", in_full(sums.investigations)),
    ]
    page = reverse("metrics:methods")
    return [
        Figure(label, metric.title, value, metric.meaning, f"{page}#{key}", rows)
        for label, key, value in told
        if (metric := registry.get(key))
    ]


def in_time(found: Readership, *, by_day: bool = False) -> Table:
    """Each day, or, unless every day is wanted, each month of a long time."""
    if by_day or by_days(found):
        named = [(date_format(part.key, "j F Y"), part) for part in found.days]
        return Table(_("By day"), _("Day"), [_row(*one) for one in named])
    named = [(date_format(part.key, "F Y"), part) for part in found.months]
    return Table(_("By month"), _("Month"), [_row(*one) for one in named])


def by_days(found: Readership) -> bool:
    return (found.last - found.first).days < MOST_DAYS


def chart(found: Readership) -> charts.Chart | None:
    """Requests; the line from the lower end to the upper."""
    days = by_days(found)
    parts = found.days if days else found.months
    if not parts:
        return None
    bars = [_bar(date_format(p.key, "j M" if days else "F Y"), p) for p in parts]
    title = _("Requests by day") if days else _("Requests by month")
    description = _(
        "The bar is people for certain; the line goes up to all that may be people."
    )
    return charts.bars(title, description, bars)


def _bar(label: str, part: Part) -> charts.Bar:
    low, high = part.figures.requests
    return charts.Bar(label, low, between(part.figures.requests), low, high)
