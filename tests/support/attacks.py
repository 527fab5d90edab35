"""What somebody could work out who has nothing but the published table."""

from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import eye, kron

# More than any count of a test; where a range ends here, it has no end.
FAR = 1e5


def ranges(protected, secret=()):
    """{hidden place: (least, most) that it can be}, of the places in `secret` too, by
    linear programming over all tables that look the same: each published number is the
    sum of the crossings under it, what is shown is that, what is hidden is at least one,
    what is not published at least nought.

    One programme for all ends: a copy of the table for each, so that it is quick.
    """
    dims, shown = protected.dimensions, protected.shown
    leaves = list(product(*(dim.leaves for dim in dims)))
    known = [place for place, count in shown.items() if count is not None]
    hidden = [place for place, count in shown.items() if count is None]
    wanted = [*hidden, *(place for place in secret if place not in shown)]
    if not wanted:
        return {}
    under = {place: _under(dims, place, leaves) for place in {*shown, *wanted}}
    goals = np.array([sign * under[place] for place in wanted for sign in (1, -1)])
    found = linprog(
        goals.ravel(),
        A_eq=_each(goals, [under[place] for place in known]),
        b_eq=np.tile([shown[place] for place in known], len(goals)),
        A_ub=_each(goals, [-under[place] for place in hidden]),
        b_ub=-np.ones(len(hidden) * len(goals)),
        bounds=(0, FAR),
    )
    assert found.status == 0, found.message
    ends = np.abs((goals * found.x.reshape(goals.shape)).sum(axis=1)).tolist()
    return dict(zip(wanted, zip(ends[::2], ends[1::2], strict=True), strict=True))


def _each(goals, rows):
    return (
        kron(eye(len(goals)), np.array(rows).reshape(len(rows), -1)) if rows else None
    )


def _under(dims, place, leaves):
    """1 for each crossing that is part of it."""
    return np.array(
        [
            float(
                all(
                    at is None or at in dim.above(value)
                    for dim, at, value in zip(dims, place, leaf, strict=True)
                )
            )
            for leaf in leaves
        ]
    )


def ranges_of_sums(shown, sums, unprinted=()):
    """{name: (least, most)} of what is hidden (None in `shown`) or `unprinted`, where the
    whole of each sum is its parts: what is hidden is at least one."""
    names = [*shown, *(name for name in unprinted if name not in shown)]
    place = {name: number for number, name in enumerate(names)}
    bounds = [(0, FAR) if one not in shown else _known(shown[one]) for one in names]
    rows = np.zeros((len(sums), len(names)))
    for row, (whole, parts) in zip(rows, sums, strict=True):
        row[place[whole]] += 1
        for part in parts:
            row[place[part]] -= 1
    found = {}
    for name in (one for one in names if shown.get(one) is None):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(names))
            goal[place[name]] = sign
            best = linprog(goal, A_eq=rows, b_eq=np.zeros(len(sums)), bounds=bounds)
            assert best.status == 0, best.message
            ends.append(sign * best.fun)
        found[name] = tuple(ends)
    return found


def _known(count):
    return (1, FAR) if count is None else (count, count)


def fails(shown, sums, truth, fewest):
    """Asserts that nothing hidden can be told from the sums; how many were hidden.
    `truth` has all counts, those too that are printed nowhere."""
    unprinted = [name for name in truth if name not in shown]
    for name, count in shown.items():
        assert count in (None, truth[name]), (name, count, truth[name])
        assert not (count and count < fewest), (name, count)
    found = ranges_of_sums(shown, sums, unprinted)
    for name, (least, most) in found.items():
        count = truth[name]
        assert least - 1e-6 <= count <= most + 1e-6, (name, count, least, most)
        if 0 < count < fewest:
            assert most >= fewest - 1e-6, (name, count, least, most)
        elif count and name in shown:
            assert most - least >= fewest - 1 - 1e-6, (name, count, least, most)
    return sum(count is None for count in shown.values())
