"""Metrics in words: each with its base, what it means, and small counts hidden."""

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.metrics import registry
from engagement.metrics.registry import Metric, Reading
from engagement.metrics.suppression import FEWEST, suppress


class Figure(NamedTuple):
    key: str
    title: str
    value: str
    base: str
    meaning: str
    chart: charts.Chart | None


def figures(study_id: int) -> list[Figure]:
    """Every metric of a study, in the reader's language."""
    return [_figure(*pair) for pair in registry.for_study(study_id)]


def _figure(metric: Metric, reading: Reading) -> Figure:
    small = metric.counts_people and _is_small(reading)
    return Figure(
        key=metric.key,
        title=str(metric.title),
        value=_fewer() if small else _value(reading),
        base="" if small else _base(metric, reading),
        meaning=str(metric.meaning),
        chart=None if small or not reading.rows else _chart(metric, reading),
    )


def _is_small(reading: Reading) -> bool:
    """A share of a base under five would tell of each person in it."""
    return 0 < reading.value < FEWEST or 0 < (reading.base or 0) < FEWEST


def _value(reading: Reading) -> str:
    low = number_format(reading.value, force_grouping=True)
    if reading.at_most is None:
        return low
    high = number_format(reading.at_most, force_grouping=True)
    return _("at least %(low)s, at most %(high)s") % {"low": low, "high": high}


def _base(metric: Metric, reading: Reading) -> str:
    """The denominator, and the share where there is one. Every record is counted, so
    there is no sampling error to show."""
    if reading.base is None:
        return _("A count of every record; there is no base.")
    words = {
        "base": number_format(reading.base, force_grouping=True),
        "meaning": metric.base_meaning,
    }
    if reading.base == 0:
        return _("Base: 0. %(meaning)s") % words
    words["share"] = number_format(100 * reading.value / reading.base, decimal_pos=1)
    if reading.at_most is None:
        return _("%(share)s%% of a base of %(base)s. %(meaning)s") % words
    words["most"] = number_format(100 * reading.at_most / reading.base, decimal_pos=1)
    return _("%(share)s%% to %(most)s%% of a base of %(base)s. %(meaning)s") % words


def _chart(metric: Metric, reading: Reading) -> charts.Chart:
    counts = [row.value for row in reading.rows]
    shown = suppress(counts) if metric.counts_people else counts
    bars = [
        charts.Bar(row.label, count, _("hidden") if count is None else str(count))
        for row, count in zip(reading.rows, shown, strict=True)
    ]
    description = _("Counts of fewer than five people are hidden.")
    return charts.bars(str(metric.rows_title), description, bars)


def _fewer() -> str:
    return _("fewer than 5")
