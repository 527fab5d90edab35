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
