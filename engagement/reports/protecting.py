"""Small counts of people in tables: the one place that says how they are hidden."""

from collections.abc import Iterable, Sequence

from engagement.metrics.suppression import FEWEST, suppress

Counts = Sequence[Sequence[int]]
Told = list[list[int | None]]


def row(counts: Sequence[int]) -> list[int | None]:
    """The parts of a total that may be told."""
    return suppress(counts)


def two_way(counts: Counts) -> Told:
    """A table whose rows and columns may be added up by whoever knows their totals.

    Each row is protected, then each column, until neither has a hidden cell alone: what
    is hidden with another cannot be told from the totals of both.
    """
    rows = [list(line) for line in counts]
    hidden = {
        (i, j)
        for i, line in enumerate(rows)
        for j, count in enumerate(line)
        if 0 < count < FEWEST
    }
    for _round in range(sum(map(len, rows))):
        more = {spot for line in _lines(rows) if (spot := _with(line, rows, hidden))}
        if not more:
            break
        hidden |= more
    return [
        [None if (i, j) in hidden else count for j, count in enumerate(line)]
        for i, line in enumerate(rows)
    ]


def _lines(rows: Counts) -> Iterable[list[tuple[int, int]]]:
    wide = len(rows[0]) if rows else 0
    yield from ([(i, j) for j in range(wide)] for i in range(len(rows)))
    yield from ([(i, j) for i in range(len(rows))] for j in range(wide))


def _with(
    line: list[tuple[int, int]], rows: Counts, hidden: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """What has to be hidden with the one cell of the line that is: the smallest other
    count, a nought last."""
    if sum(spot in hidden for spot in line) != 1:
        return None
    others = [spot for spot in line if spot not in hidden]
    order = sorted(others, key=lambda at: (rows[at[0]][at[1]] == 0, rows[at[0]][at[1]]))
    return order[0] if order else None
