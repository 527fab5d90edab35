"""Named, documented figures. Each app's `metrics.py` registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise

Text = str | Promise


class Row(NamedTuple):
    """One part of a breakdown."""

    label: Text
    value: int


@dataclass(frozen=True)
class Reading:
    """What was counted: `value` out of `base`, or on its own where base is None.

    `at_most` is the upper end where the truth lies in a range from `value` up.
    `rows` break the value down; cells are suppressed where they are shown.
    """

    value: int
    base: int | None = None
    at_most: int | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Metric:
    """`measure` takes a study's id; `meaning` and `base_meaning` are for readers.

    Where it counts people, counts from 1 to 4 are not shown.
    """

    key: str
    position: int
    title: Text
    meaning: Text
    measure: Callable[[int], Reading]
    base_meaning: Text = ""
    rows_title: Text = ""
    counts_people: bool = False


_metrics: dict[str, Metric] = {}


def register(metric: Metric) -> None:
    _metrics[metric.key] = metric


def for_study(study_id: int) -> list[tuple[Metric, Reading]]:
    """Every metric with its reading, in order of position."""
    ordered = sorted(_metrics.values(), key=lambda metric: metric.position)
    return [(metric, metric.measure(study_id)) for metric in ordered]
