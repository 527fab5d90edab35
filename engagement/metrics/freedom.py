"""How far a number can move when others, tied to it by sums, move along.

The simplex method with bounded variables (Chvatal, V. (1983), Linear Programming,
chapter 8), from a point that is known to be possible: the truth. So no first phase is
needed, and a search may end as soon as it has gone far enough. The same input takes the
same steps.
"""

from collections.abc import Iterable, Mapping, Sequence

# A sum of parts that is nought: number of the variable, and how often it counts.
Equation = Mapping[int, float]
Row = dict[int, float]

NOTHING = 1e-9
# After so many steps the lowest number goes first, which cannot go round for ever.
PATIENCE = 60


class Freedom:
    """Moves of variables from `at`, kept between `low` and `high`, that leave all sums
    as they are. A variable is either free to be moved, or follows from those (a row)."""

    def __init__(
        self,
        equations: Iterable[Equation],
        at: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
    ) -> None:
        self.at, self.low, self.high = list(at), list(low), list(high)
        # What the last push has moved.
        self.moved: set[int] = set()
        self.rows: dict[int, Row] = {}
        for equation in equations:
            self._take(equation)

    def push(self, gains: Mapping[int, float]) -> None:
        """Moves `at` to where the sum of `gains` is highest; there must be a limit."""
        steps, gain = 0, self._gain(gains)
        self.moved.clear()
        while (move := self._best(gain, steps > PATIENCE)) is not None:
            self._go(*move)
            steps += 1
            if (row := self.rows.get(move[0])) is not None:
                # It follows from others now, and so does what is gained by it.
                times = gain.pop(move[0])
                for one, factor in row.items():
                    _add(gain, one, times * factor)

    def copy(self) -> "Freedom":
        """To be pushed by itself: the sums need not be solved again."""
        other = Freedom((), self.at, self.low, self.high)
        other.rows = {variable: dict(row) for variable, row in self.rows.items()}
        return other

    def _take(self, equation: Equation) -> None:
        """Solves it for one of its variables and puts that into the other rows."""
        left: Row = {}
        for variable, factor in equation.items():
            for part, times in self.rows.get(variable, {variable: 1.0}).items():
                _add(left, part, factor * times)
        if not left:
            return
        solved = min(left, key=lambda one: (abs(abs(left[one]) - 1), one))
        scale = -1 / left.pop(solved)
        self._replace(solved, {one: scale * times for one, times in left.items()})

    def _replace(self, solved: int, row: Row) -> None:
        for other in self.rows.values():
            if times := other.pop(solved, 0.0):
                for one, factor in row.items():
                    _add(other, one, times * factor)
        self.rows[solved] = row

    def _gain(self, gains: Mapping[int, float]) -> Row:
        """What is gained by moving each that is free."""
        gain: Row = {}
        for variable, worth in gains.items():
            for one, times in self.rows.get(variable, {variable: 1.0}).items():
                _add(gain, one, worth * times)
        return gain

    def _best(self, gain: Row, patient: bool) -> tuple[int, float] | None:
        """The variable that gains most by a move, and which way."""
        ways = [
            (one, 1.0 if worth > 0 else -1.0)
            for one, worth in gain.items()
            if self._room(one, worth) > NOTHING
        ]
        if not ways:
            return None
        if patient:
            return min(ways)
        return min(ways, key=lambda way: (-abs(gain[way[0]]), way[0]))

    def _room(self, variable: int, direction: float) -> float:
        if direction > 0:
            return self.high[variable] - self.at[variable]
        return self.at[variable] - self.low[variable]

    def _go(self, moved: int, way: float) -> None:
        """As far as the first of those that follow, or it itself, is at an end."""
        following = [
            (variable, row[moved] * way)
            for variable, row in self.rows.items()
            if moved in row
        ]
        ends = [
            (max(self._room(one, pace), 0.0) / abs(pace), one)
            for one, pace in following
        ]
        length, stopped = min([*ends, (self._room(moved, way), -1)])
        self.moved |= {moved, *(one for one, _pace in following)}
        self.at[moved] += way * length
        for one, pace in following:
            self.at[one] += pace * length
        if stopped >= 0:
            self._exchange(stopped, moved)

    def _exchange(self, leaving: int, entering: int) -> None:
        """The one that is at its end is free from here on, in place of the one moved."""
        row = self.rows.pop(leaving)
        scale = 1 / row.pop(entering)
        solved = {one: -scale * times for one, times in row.items()}
        self._replace(entering, {leaving: scale, **solved})


def _add(row: Row, variable: int, amount: float) -> None:
    """Leaves nothing behind that only rounding has made."""
    total = row.get(variable, 0.0) + amount
    if abs(total) > NOTHING:
        row[variable] = total
    else:
        row.pop(variable, None)
