"""Breakdowns of rows by sector, function and language, for metrics."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import By, Row, Text
from engagement.people.models import Function, Sector

LANGUAGES: dict[str, Text] = {"cy": _("Welsh"), "en": _("English")}
LABELS: dict[str, Mapping[str, Text]] = {
    "sector": {one.value: one.label for one in Sector},
    "function": {one.value: one.label for one in Function},
    "language": LANGUAGES,
}


def by(rows: QuerySet[Any], **columns: str) -> tuple[By, ...]:
    """One breakdown for each kind, from the column that holds it; as `by(rows,
    sector="sector")`. Whose value is not known is a part of its own."""
    return tuple(of(kind, _counts(rows, column)) for kind, column in columns.items())


def of(kind: str, counts: Mapping[str, int]) -> By:
    """In the order of the kind's values, those that occur."""
    labels = {**LABELS[kind], "": _("Not known")}
    known = {key if key in labels else "" for key in counts}
    sums = {key: 0 for key in labels if key in known}
    for key, count in counts.items():
        sums[key if key in labels else ""] += count
    return By(kind, tuple(Row(labels[key], n, key) for key, n in sums.items() if n))


def _counts(rows: QuerySet[Any], column: str) -> Counter[str]:
    return Counter(rows.order_by().values_list(column, flat=True))
