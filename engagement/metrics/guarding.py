"""Breakdowns of people with small counts hidden, for those who also know their totals.

A step of the funnel shows its total wherever it is not small, whatever it is broken down
by; so the parts have to be safe beside it, each kind of parts for itself. (Two ways of
cutting the same total say nothing of each other: some table fits any two of them.)

- A part is hidden, base and all, where its value or its base has to be (`protect`).
- Where those who are in its base and not in its value are few, the base is hidden and the
  value shown: else the one would be taken from the other.
- Where a total that is known would have to be hidden, all the parts are instead, noughts
  among them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from engagement.metrics import disclosure
from engagement.metrics.registry import Reading, Row
from engagement.metrics.tables import Dimension, Table


class Told(NamedTuple):
    """What may be said of a part, or of the whole. None where it is hidden; a base or an
    upper end that a step does not have is None too."""

    value: int | None
    base: int | None
    at_most: int | None


def whole(reading: Reading, *, fewest: int) -> Told:
    """All or nothing: of a few, the base would tell as well."""
    seen = (reading.value, reading.base or 0, reading.at_most or 0)
    if any(0 < count < fewest for count in seen):
        return Told(None, None, None)
    return Told(reading.value, reading.base, reading.at_most)


def parts(reading: Reading, rows: Sequence[Row], *, fewest: int) -> list[Told]:
    """Of each row, in order. `rows` are all parts of the reading. Raises ValueError for a
    count below nought."""
    if whole(reading, fewest=fewest).value is None:
        return [Told(None, None, None)] * len(rows)
    ends = [row.at_most or 0 for row in rows]
    bases = [row.base or 0 for row in rows]
    shut = set().union(
        *(_hidden(one, fewest) for one in ([row.value for row in rows], bases, ends))
    )
    no_base = _hidden(
        [max(b - r.value, 0) for b, r in zip(bases, rows, strict=True)], fewest
    )
    return [
        Told(None, None, None)
        if place in shut
        else Told(row.value, None if place in no_base else row.base, row.at_most)
        for place, row in enumerate(rows)
    ]


def open_parts(rows: Sequence[Row]) -> list[Told]:
    """Of what are no people: nothing is hidden."""
    return [Told(row.value, row.base, row.at_most) for row in rows]


def _hidden(counts: Sequence[int], fewest: int) -> set[int]:
    """The places that may not be shown beside the sum of all.

    A sum that is small itself is known, as those are who are left between a value and a
    base that are not: then it is enough that nobody can say whose they are."""
    if 0 < sum(counts) < fewest:
        some = {place for place, count in enumerate(counts) if count}
        told = len(some) == 1 or sum(counts) == len(some)
        return set(range(len(counts))) if told else some
    names = {str(place): "" for place in range(len(counts))}
    table = Table(
        (Dimension("part", "", names),),
        {(str(place),): count for place, count in enumerate(counts)},
    )
    shown = disclosure.protect(table, fewest=fewest)
    if shown.total is None:
        return set(range(len(counts)))
    row = shown.row()
    return {place for place in range(len(counts)) if row[str(place)] is None}
