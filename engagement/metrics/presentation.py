"""Metrics in words: each with its base, what it means, and small counts hidden."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.metrics import registry
from engagement.metrics.registry import Metric, Reading
from engagement.metrics.suppression import FEWEST, suppress
from engagement.metrics.words import number, percent


class Counts(NamedTuple):
    """What is told, as numbers; None where it is hidden, or where there is none."""

    value: int | None = None
    base: int | None = None
    at_most: int | None = None


class Figure(NamedTuple):
    """`hides` says that something small is not shown, so that the page can say why."""

    key: str
    title: str
    value: str
    base: str
    meaning: str
    chart: charts.Chart | None
    hides: bool
    counts: Counts = Counts()
    # Where it is defined, "" where nowhere; whether there is a list of what was counted.
    definition: str = ""
    has_rows: bool = False


def figures(study_id: int) -> list[Figure]:
    """Every metric of a study, in the reader's language."""
    page = reverse("metrics:methods")
    return [
        figure(metric, reading)._replace(
            definition=f"{page}#{metric.key}",
            has_rows=metric.rows is not None,
        )
        for metric, reading in registry.for_study(study_id)
    ]


def figure(metric: Metric, reading: Reading) -> Figure:
    """One of them; also of what is no study, as an event."""
    small = metric.counts_people and _is_small(reading)
    chart = None if small or not reading.rows else _chart(metric, reading)
    return Figure(
        key=metric.key,
        title=str(metric.title),
        value=_hidden(reading) if small else _value(reading),
        base="" if small else _base(metric, reading),
        meaning=str(metric.meaning),
        chart=chart,
        hides=small or any(bar.value is None for bar in (chart.bars if chart else ())),
        counts=_told(reading) if small else Counts(*_numbers(reading)),
    )


def _is_small(reading: Reading) -> bool:
    """A share of a base under five would tell of each person in it."""
    seen = (reading.value, reading.base or 0, reading.at_most or 0)
    return any(0 < count < FEWEST for count in seen)


def _numbers(reading: Reading) -> tuple[int, int | None, int | None]:
    return reading.value, reading.base, reading.at_most


def _told(reading: Reading) -> Counts:
    """Of what is small, no more than `_hidden` says."""
    most = reading.at_most or 0
    return Counts(at_most=most if most >= FEWEST else None)


def _hidden(reading: Reading) -> str:
    """No more than that it is small; the upper end of a range where that is not."""
    most = reading.value if reading.at_most is None else reading.at_most
    if most < FEWEST:
        return _("fewer than 5")
    return _("at most %(high)s") % {"high": number(most)}


def _value(reading: Reading) -> str:
    low = number(reading.value)
    if reading.at_most is None:
        return low
    words = {"low": low, "high": number(reading.at_most)}
    return _("at least %(low)s, at most %(high)s") % words


def _base(metric: Metric, reading: Reading) -> str:
    """The denominator, and the share where there is one. Every record is counted, so
    there is no sampling error to show."""
    if reading.base is None:
        return _("A count of every record; there is no base.")
    words = {"base": number(reading.base), "meaning": metric.base_meaning}
    if reading.base == 0:
        return _("Base: 0. %(meaning)s") % words
    words["share"] = percent(reading.value, reading.base, places=1)
    if reading.at_most is None:
        return _("%(share)s of a base of %(base)s. %(meaning)s") % words
    words["most"] = percent(reading.at_most, reading.base, places=1)
    return _("%(share)s to %(most)s of a base of %(base)s. %(meaning)s") % words


def _chart(metric: Metric, reading: Reading) -> charts.Chart:
    counts = [row.value for row in reading.rows]
    shown = suppress(counts) if metric.counts_people else counts
    bars = [
        charts.Bar(row.label, count, _("hidden") if count is None else number(count))
        for row, count in zip(reading.rows, shown, strict=True)
    ]
    description = _("Counts of fewer than five people are hidden.")
    return charts.bars(str(metric.rows_title), description, bars)
