"""Named, documented figures. Each app's `metrics.py` registers its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.metrics.rows import Rows

Text = str | Promise
# The first moment in, and the first one out.
During = tuple[datetime, datetime]


class Row(NamedTuple):
    """One part of a breakdown. `key` is the value that it stands for, where it has one
    that other breakdowns share, as a sector's; `base` and `at_most` are as a reading's."""

    label: Text
    value: int
    key: str = ""
    base: int | None = None
    at_most: int | None = None


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


class Breakdown(NamedTuple):
    """Whether a metric is known by a kind, and how far or why not."""

    title: Text
    known: bool
    limit: Text


@dataclass(frozen=True)
class Metric:
    """`measure` takes a study's id and, where `over_time`, a time or None for all of it.
    `meaning` is the numerator, `base_meaning` the denominator; both are for readers, and
    so are `unit`, `source` and `caveat`.

    `parts` takes the same and one of `kinds`, and breaks the value down by it. `limits`
    says to readers why a kind is not known at all, or how far it is.

    Where it counts people, small counts are not shown. `stage` is its place in the
    funnel, from contactable to what was decided. `rows` are those that were counted.

    What is told `apart`, on a page of its own, is not among the figures of a study; where
    such a page counts it in tables alone there is no `measure`.
    """

    key: str
    position: int
    title: Text
    meaning: Text
    measure: Callable[..., Reading] | None = None
    base_meaning: Text = ""
    rows_title: Text = ""
    counts_people: bool = False
    unit: Text = ""
    source: Text = ""
    caveat: Text = ""
    over_time: bool = False
    stage: int | None = None
    parts: Callable[..., tuple[Row, ...]] | None = None
    kinds: tuple[str, ...] = ()
    limits: Mapping[str, Text] = field(default_factory=dict)
    rows: Rows | None = None
    apart: bool = False

    @property
    def first_words(self) -> str:
        """The first sentence of what it means."""
        first, dot, _rest = str(self.meaning).partition(". ")
        return first + dot.strip()

    def read(self, study_id: int, during: During | None = None) -> Reading:
        """Of that time. Raises ValueError where it cannot be told for a time, or so."""
        if self.measure is None:
            raise ValueError(f"{self.key} is counted in tables alone.")
        return self.measure(*self._asked(study_id, during))

    def by(
        self, study_id: int, kind: str, during: During | None = None
    ) -> tuple[Row, ...]:
        """What `read` gives, by one of KINDS. Raises ValueError where it is not known
        by that."""
        if self.parts is None or kind not in self.kinds:
            raise ValueError(f"{self.key} is not known by {kind}.")
        return self.parts(*self._asked(study_id, during), kind)

    @property
    def breakdowns(self) -> list[Breakdown]:
        """Of every kind of which it says anything."""
        return [
            Breakdown(title, kind in self.kinds, self.limits.get(kind, ""))
            for kind, title in KINDS.items()
            if kind in self.kinds or kind in self.limits
        ]

    def found(self, study_id: int, during: During | None = None) -> Any:
        """The rows that `read` counts. Raises ValueError where there are none to show."""
        if self.rows is None:
            raise ValueError(f"{self.key} has no rows.")
        return self.rows.find(*self._asked(study_id, during))

    def _asked(self, study_id: int, during: During | None) -> tuple[Any, ...]:
        if during and not self.over_time:
            raise ValueError(f"{self.key} is not known for a time.")
        return (study_id, during) if self.over_time else (study_id,)


KINDS: dict[str, Text] = {
    "sector": _("Sector"),
    "function": _("Function"),
    "language": _("Language"),
}
_metrics: dict[str, Metric] = {}


def register(metric: Metric) -> None:
    _metrics[metric.key] = metric


def defined() -> list[Metric]:
    """All that have a definition, in order of position."""
    return sorted(_metrics.values(), key=lambda metric: metric.position)


def every() -> list[Metric]:
    """The figures of a study."""
    return [metric for metric in defined() if not metric.apart]


def get(key: str) -> Metric | None:
    return _metrics.get(key)


def for_study(
    study_id: int, during: During | None = None
) -> list[tuple[Metric, Reading]]:
    """Every metric with its reading, in order of position; of a time, those that are
    known for one."""
    chosen = [one for one in every() if one.over_time or not during]
    return [(metric, metric.read(study_id, during)) for metric in chosen]


def funnel(study_id: int, during: During | None = None) -> list[tuple[Metric, Reading]]:
    """The stages from whom the study could reach to what was decided. Each has its own
    base: they are not the same people."""
    stages = [one for one in every() if one.stage is not None]
    stages.sort(key=lambda metric: metric.stage or 0)
    chosen = [one for one in stages if one.over_time or not during]
    return [(metric, metric.read(study_id, during)) for metric in chosen]
