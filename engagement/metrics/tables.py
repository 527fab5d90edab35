"""Tables of counts by one or more things, their margins, and what is shown of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from engagement.metrics.registry import Text

# A place in a table: a value for each dimension in order, None where it is summed over.
# (None, None) is the total of all.
Key = tuple[str | None, ...]
# The numbers of the dimensions that are crossed and published together.
Cut = tuple[int, ...]


@dataclass(frozen=True)
class Dimension:
    """What counts are broken down by. `values` are keys with their labels, in order;
    `parents` says under which subtotal a value stands, where it is under one. Subtotals
    are values too."""

    key: str
    title: Text
    values: Mapping[str, Text]
    parents: Mapping[str, str] = field(default_factory=dict)

    def parts(self, of: str | None) -> list[str]:
        """What sums to a subtotal, or, of None, to the total."""
        return [value for value in self.values if self.parents.get(value) == of]

    def above(self, value: str) -> Iterator[str | None]:
        """The value, the subtotals it is in, and None for the total."""
        at: str | None = value
        while at is not None:
            yield at
            at = self.parents.get(at)
        yield None

    @property
    def leaves(self) -> list[str]:
        inner = set(self.parents.values())
        return [value for value in self.values if value not in inner]


@dataclass(frozen=True)
class Table:
    """The truth: how many there are in each crossing of all dimensions. A crossing that
    is not in `counts` is a nought. `cuts` are what may be published of it, with all
    their margins; nothing said: the whole of it."""

    dimensions: tuple[Dimension, ...]
    counts: Mapping[tuple[str, ...], int]
    cuts: tuple[Cut, ...] = ()

    @property
    def published(self) -> tuple[Cut, ...]:
        return self.cuts or (tuple(range(len(self.dimensions))),)

    def sums(self) -> dict[Key, int]:
        """Every crossing with every subtotal and margin it is in, added up."""
        found: dict[Key, int] = {}
        for at, count in self.counts.items():
            ways = [dim.above(value) for dim, value in self._pairs(at)]
            for key in product(*ways):
                found[key] = found.get(key, 0) + count
        return found

    def places(self, cut: Cut) -> list[Key]:
        """Of a cut: its crossings and all their margins, totals last."""
        ways: list[Sequence[str | None]] = [
            (*dim.values, None) if number in cut else (None,)
            for number, dim in enumerate(self.dimensions)
        ]
        return list(product(*ways))

    def _pairs(self, at: tuple[str, ...]) -> Iterator[tuple[Dimension, str]]:
        """Raises ValueError for a crossing of values that the table does not have."""
        for dim, value in zip(self.dimensions, at, strict=True):
            if value not in dim.leaves:
                raise ValueError(f"{value!r} is no value of {dim.key}.")
            yield dim, value


class Hidden(NamedTuple):
    """For those who own the numbers, never for the public: which is `small` would tell."""

    key: Key
    reason: str


@dataclass(frozen=True)
class Protected:
    """What is shown of a table: a count, or None where it is hidden. It does not know
    what it hides, so that nothing made from it can tell."""

    dimensions: tuple[Dimension, ...]
    threshold: int
    shown: Mapping[Key, int | None]

    @property
    def hides(self) -> bool:
        return None in self.shown.values()

    @property
    def total(self) -> int | None:
        return self.shown[(None,) * len(self.dimensions)]

    def row(self, number: int = 0) -> dict[str, int | None]:
        """Along one dimension, all others summed over."""
        empty: list[str | None] = [None] * len(self.dimensions)
        return {
            value: self.shown[(*empty[:number], value, *empty[number + 1 :])]
            for value in self.dimensions[number].values
        }

    def label(self, key: Key) -> str:
        words = [
            str(dim.values[value])
            for dim, value in zip(self.dimensions, key, strict=True)
            if value is not None
        ]
        return ", ".join(words)
