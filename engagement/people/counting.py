"""Breakdowns of rows by sector, function and language, for metrics."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import Row, Text
from engagement.people.models import Function, Sector

LABELS: dict[str, Mapping[str, Text]] = {
    "sector": {one.value: one.label for one in Sector},
    "function": {one.value: one.label for one in Function},
    # A file can be in both.
    "language": {"cy": _("Welsh"), "en": _("English"), "both": _("In both at once")},
}


def labels(kind: str) -> dict[str, Text]:
    """The values of a kind in order, "" for whose value is not known last."""
    return {**LABELS[kind], "": _("Not known")}


def by(rows: QuerySet[Any], kind: str, column: str = "") -> tuple[Row, ...]:
    """How many rows have each value, from the column that holds it: the kind's own name,
    where no other is given."""
    column = column or kind
    found = rows.order_by().values_list(column).annotate(number=Count("pk"))
    return of(kind, dict(found))


def shares(
    rows: QuerySet[Any], part: Q, kind: str, column: str = ""
) -> tuple[Row, ...]:
    """As `by`, of those that are a `part`, each beside how many rows it is out of."""
    column = column or kind
    found = list(
        rows.order_by()
        .values_list(column)
        .annotate(base=Count("pk"), number=Count("pk", filter=part))
    )
    return of(
        kind,
        {key: number for key, _base, number in found},
        base={key: base for key, base, _number in found},
    )


def of(
    kind: str,
    counts: Mapping[str, int],
    *,
    base: Mapping[str, int] | None = None,
    at_most: Mapping[str, int] | None = None,
) -> tuple[Row, ...]:
    """In the order of the kind's values, those that occur: a base or an upper end makes
    one occur whose count is nought. What is no known value goes with those of none."""
    known = labels(kind)
    sums = [
        _sums(one, known) if one is not None else None
        for one in (counts, base, at_most)
    ]
    return tuple(
        Row(known[key], *_row(key, sums))
        for key in known
        if any(one and one.get(key) for one in sums)
    )


def _row(key: str, sums: list[dict[str, int] | None]) -> tuple[Any, ...]:
    value, base, at_most = (None if one is None else one.get(key, 0) for one in sums)
    return value, key, base, at_most


def _sums(counts: Mapping[str, int], known: Mapping[str, Text]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, count in counts.items():
        place = key if key in known else ""
        sums[place] = sums.get(place, 0) + count
    return sums
