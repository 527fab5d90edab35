"""Tables with small counts hidden, and whatever would give them away.

What is promised. A count from 1 to one less than the threshold is hidden (primary).
From all that is published of the table, by whatever sums, it cannot be told of a hidden
small count that it is more than 1, nor that it is under the threshold; and of no other
hidden count is it known closer than within the threshold less one. Enough other counts
are hidden for that (secondary), margins and totals too where it must be. Crossings that
are not published at all, but that sums of published ones could lead to, as those of a
filter, are guarded in the same way. A nought is shown: nobody is in it. That all of a
group do the same can therefore be seen, which is held to be harmless for counts of who
was reached. (GSS, Disclosure control guidance for tables produced from administrative
sources, 2014; Hundepool et al., Statistical Disclosure Control, 2012, chapter 4.)

How. Each hidden count is pushed as far as the published sums allow (`freedom`). Where
that is not far enough, the cheapest way that would let it go is found, cheap being small
counts and few margins, and what moves on it is hidden as well. It is pushed again until
all of them go far enough. The same table is protected in the same way each time.

Filters. Only fixed cuts of one table are published, and all of them are protected
together: a count that two cuts share is hidden in both. Periods are a dimension of whole
quarters with their total; a table of a period of somebody's choice is never public, as
two of them a day apart would tell of that day.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple, TypeVar

from django.conf import settings

from engagement.metrics.freedom import NOTHING, Equation, Freedom
from engagement.metrics.tables import Hidden, Key, Protected, Table

FAR = float("inf")
# A margin costs as much to hide as so many of the counts in it.
DEAR = 9

Name = TypeVar("Name", bound=Hashable)


def threshold(*, public: bool) -> int:
    """The fewest people that a count may show: in public, or to those inside."""
    return settings.FEWEST_PUBLIC if public else settings.FEWEST_INSIDE


def protect(table: Table, *, fewest: int) -> Protected:
    """What may be shown. Raises ValueError for a count below nought."""
    return examine(table, fewest=fewest)[0]


def examine(table: Table, *, fewest: int) -> tuple[Protected, list[Hidden]]:
    """As `protect`, and why what was hidden: for those who may see the numbers."""
    numbers, cells = _of_table(table, fewest)
    cells.guard()
    published = {key: n for key, n in numbers.items() if n < cells.published}
    log = [
        Hidden(key, "small" if cells.is_small(number) else "protects")
        for key, number in published.items()
        if number in cells.hidden
    ]
    return Protected(table.dimensions, fewest, cells.shown(published)), log


def protect_sums(
    counts: Mapping[Name, int],
    sums: Iterable[tuple[Name, Sequence[Name]]],
    *,
    fewest: int,
    dear: Collection[Name] = (),
) -> dict[Name, int | None]:
    """The same of counts that are no crossing of dimensions, as a total with two
    breakdowns, or a part of a base and the rest. `sums` are wholes, each with all of its
    parts. What can be worked out belongs to `counts`, printed or not. `dear` is what is
    to be hidden last of what is not small: what a page is there to tell.

    None where a count is hidden. Raises ValueError for a count below nought, and for a
    sum that is none.
    """
    plain = [(whole, tuple(parts)) for whole, parts in sums]
    given = tuple((name, count, name in dear) for name, count in counts.items())
    shown = _protect_sums(given, tuple(plain), fewest)
    return dict(zip(counts, shown, strict=True))


# A page asks for the same counts more than once, and is opened again before they change.
@lru_cache(maxsize=64)
def _protect_sums(
    given: tuple[tuple[Hashable, int, bool], ...],
    sums: tuple[tuple[Hashable, tuple[Hashable, ...]], ...],
    fewest: int,
) -> tuple[int | None, ...]:
    counts = {name: count for name, count, _dear in given}
    numbers = {name: number for number, name in enumerate(counts)}
    price = [float(count) for count in counts.values()]
    equations = []
    for whole, parts in sums:
        if counts[whole] != sum(counts[part] for part in parts):
            raise ValueError(f"{whole!r} is not the sum of its parts.")
        price[numbers[whole]] = counts[whole] * (1.0 + DEAR)
        equations.append(_sum(numbers, whole, parts))
    for number, (_name, _count, is_dear) in enumerate(given):
        price[number] *= DEAR**2 if is_dear else 1
    cells = _Cells([*counts.values()], equations, price, len(counts), fewest)
    cells.guard()
    return tuple(cells.shown(numbers).values())


class _Want(NamedTuple):
    """That a count can be as low, and as high, as that."""

    low: float
    high: float


class _Cells:
    """Counts by number, first those that are published; the sums that tie them; and which
    are hidden."""

    def __init__(
        self,
        counts: list[int],
        equations: Iterable[Equation],
        price: list[float],
        published: int,
        fewest: int,
    ) -> None:
        if min(counts, default=0) < 0:
            raise ValueError("A count is below nought.")
        self.counts, self.price = counts, price
        self.published, self.fewest = published, fewest
        self.secret = range(published, len(counts))
        # Of what is not published nobody knows that it is nought.
        self.floor = [1.0] * published + [0.0] * len(self.secret)
        self.hidden: set[int] = set(self.secret)
        self.least: dict[int, float] = {}
        # A nought that is shown stays one.
        still = {n for n in range(published) if not counts[n]}
        self.equations: list[Equation] = [
            {one: factor for one, factor in each.items() if one not in still}
            for each in equations
        ]

    def guard(self) -> None:
        self.hide_small()
        while (wanted := self.exposed()) is not None:
            self.cover(*wanted)
        self.show_needless()

    def shown(self, numbers: Mapping[Name, int]) -> dict[Name, int | None]:
        return {
            name: None if number in self.hidden else self.counts[number]
            for name, number in numbers.items()
        }

    def is_small(self, number: int) -> bool:
        return 0 < self.counts[number] < self.fewest

    def hide_small(self) -> None:
        self.hidden |= {n for n in range(self.published) if self.is_small(n)}

    def exposed(self) -> tuple[int, _Want] | None:
        """A hidden count that cannot go far enough, and how far it should; small ones
        first. Where one has been pushed to, others have gone too: what they did there
        need not be asked again."""
        moves = self._freedom(self.hidden)
        lowest, highest = list(moves.at), list(moves.at)

        def reach(number: int, end: float, way: float) -> None:
            bound = moves.high if way > 0 else moves.low
            kept, bound[number] = bound[number], end
            moves.push({number: way})
            bound[number] = kept
            for one in moves.moved:
                lowest[one] = min(lowest[one], moves.at[one])
                highest[one] = max(highest[one], moves.at[one])

        for number in self._order():
            least = self._least(number)
            if lowest[number] > least + NOTHING:
                reach(number, least, -1)
            want = self._want(number, lowest[number])
            if lowest[number] > want.low + NOTHING:
                return number, want
            if highest[number] < want.high - NOTHING:
                reach(number, want.high, 1)
            if highest[number] < want.high - NOTHING:
                return number, want
        return None

    def cover(self, number: int, want: _Want) -> None:
        """Hides what has to move so that this one can, to each end for itself."""
        before = len(self.hidden)
        for end in want:
            self.hidden |= self._moving(number, end)
        if len(self.hidden) == before:
            raise ArithmeticError(f"Count {number} cannot be guarded.")

    def show_needless(self) -> None:
        """What was hidden on the way to one count, and is not needed now that all others
        are guarded: the dearest first."""
        spare = [n for n in self.hidden if n < self.published and not self.is_small(n)]
        for number in sorted(spare, key=lambda n: (-self.price[n], n)):
            self.hidden.discard(number)
            if self.exposed() is not None:
                self.hidden.add(number)

    def _order(self) -> list[int]:
        """Hidden counts that need guarding: the small ones first, then as they stand."""
        needed = [n for n in self.hidden if self.counts[n] and n < self.published]
        needed += [n for n in self.secret if self.is_small(n)]
        return sorted(needed, key=lambda n: (not self.is_small(n), self.counts[n], n))

    def _least(self, number: int) -> float:
        """As low as it is worth while to push it."""
        if self.is_small(number):
            return self.fewest_possible(number)
        return max(self.floor[number], self.counts[number] - self.fewest + 1)

    def _want(self, number: int, lowest: float) -> _Want:
        """A small one: all from the least up to the threshold. Another: as wide a range."""
        if self.is_small(number):
            return _Want(self.fewest_possible(number), self.fewest)
        return _Want(lowest, max(self.counts[number], lowest + self.fewest - 1))

    def fewest_possible(self, number: int) -> float:
        """Were all hidden but the noughts: one in a crossing, in a margin at least one in
        each that is no nought."""
        if number not in self.least:
            moves = self._all_hidden
            moves.push({number: -1})
            self.least[number] = max(moves.at[number], 1.0)
        return self.least[number]

    @cached_property
    def _all_hidden(self) -> Freedom:
        everything = {n for n, count in enumerate(self.counts) if count}
        return self._freedom(everything | set(self.secret))

    def _freedom(self, hidden: set[int]) -> Freedom:
        """Where only what is hidden can move."""
        inside = [
            {one: factor for one, factor in equation.items() if one in hidden}
            for equation in self.equations
        ]
        return Freedom(inside, self.counts, self.floor, [FAR] * len(self.counts))

    @cached_property
    def _both_ways(self) -> Freedom:
        many = len(self.counts)
        both = [
            {
                **equation,
                **{one + many: -factor for one, factor in equation.items()},
            }
            for equation in self.equations
        ]
        falls = [c - f for c, f in zip(self.counts, self.floor, strict=True)]
        return Freedom(both, [0.0] * 2 * many, [0.0] * 2 * many, [FAR] * many + falls)

    def _moving(self, number: int, end: float) -> set[int]:
        """What moves where this one goes to `end` in the cheapest way. Each count has two
        numbers, one to rise by and one to fall by, so that both have their price."""
        many = len(self.counts)
        moves = self._both_ways.copy()
        up = end > self.counts[number]
        mover, other = (number, number + many) if up else (number + many, number)
        moves.high[mover], moves.high[other] = abs(end - self.counts[number]), 0.0
        price = [0.0 if one in self.hidden else self.price[one] for one in range(many)]
        gains = {one: -cost for one, cost in enumerate(price * 2) if cost}
        moves.push({**gains, mover: sum(price) * self.fewest + 1.0})
        return {
            one
            for one in range(many)
            if abs(moves.at[one] - moves.at[one + many]) > NOTHING
        }


def _of_table(table: Table, fewest: int) -> tuple[dict[Key, int], _Cells]:
    """The number of each place, and all of them with their sums."""
    keys = dict.fromkeys(_places(table))
    published = len(keys)
    if not any(len(cut) == len(table.dimensions) for cut in table.published):
        keys |= dict.fromkeys(product(*(dim.leaves for dim in table.dimensions)))
    found = table.sums()
    numbers = {key: number for number, key in enumerate(keys)}
    counts = [found.get(key, 0) for key in keys]
    price = [
        count * (1.0 + DEAR * key.count(None))
        for key, count in zip(keys, counts, strict=True)
    ]
    sums = [*_equations(table, numbers)]
    if len(keys) > published:
        sums += _through(table, numbers)
    return numbers, _Cells(counts, sums, price, published, fewest)


def _equations(table: Table, numbers: dict[Key, int]) -> Iterator[Equation]:
    """A total less its parts, along each dimension that its cut crosses."""
    for cut in table.published:
        for key, place in product(table.places(cut), cut):
            if parts := table.dimensions[place].parts(key[place]):
                rest = [(*key[:place], part, *key[place + 1 :]) for part in parts]
                yield _sum(numbers, key, rest)


def _through(table: Table, numbers: dict[Key, int]) -> Iterator[Equation]:
    """Of what is not published: all that each of the published counts is made of."""
    for key in dict.fromkeys(_places(table)):
        ways: list[list[str]] = [
            dim.leaves if value is None else [value]
            for dim, value in zip(table.dimensions, key, strict=True)
        ]
        if all(
            value in dim.leaves
            for dim, (value, *_rest) in zip(table.dimensions, ways, strict=True)
        ):
            yield _sum(numbers, key, product(*ways))


def _sum(numbers: Mapping[Name, int], whole: Name, parts: Iterable[Name]) -> Equation:
    return {numbers[whole]: 1.0} | dict.fromkeys((numbers[one] for one in parts), -1.0)


def _places(table: Table) -> Iterator[Key]:
    for cut in table.published:
        yield from table.places(cut)
