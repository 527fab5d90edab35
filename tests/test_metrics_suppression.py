"""Small counts stay hidden from somebody who knows the total and the rule."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.metrics.suppression import FEWEST, suppress


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([6, 8, 5], [6, 8, 5]),
        ([8, 0, 9], [8, 0, 9]),
        ([6, 2, 9], [None, None, 9]),
        ([3, 2, 9], [None, None, 9]),
        ([1, 1, 9, 7], [None, None, 9, None]),
        ([6, 8, 5, 3, 2], [6, 8, 5, None, None]),
        ([4, 0, 0], [None, None, None]),
        ([5, 4, 5], [None, None, None]),
        ([1] * 5, [None] * 5),
        ([5, 4, 4], [None, None, None]),
        ([], []),
    ],
)
def test_which_counts_are_hidden(counts, shown):
    assert suppress(counts) == shown


@given(st.lists(st.integers(0, 40), max_size=8))
def test_no_small_count_is_shown_and_none_is_changed(counts):
    shown = suppress(counts)
    assert all(seen in (None, count) for seen, count in zip(shown, counts, strict=True))
    assert not any(seen is not None and 0 < seen < FEWEST for seen in shown)
    assert shown.count(None) != 1 or len(counts) == 1


@cache
def tables(cells, total):
    """Every table of that many cells with that total."""
    if cells == 1:
        return [(total,)]
    return [
        (first, *rest)
        for first in range(total + 1)
        for rest in tables(cells - 1, total - first)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("cells", [2, 3, 4, 5, 6])
def test_no_hidden_count_can_be_worked_out(cells):
    """Tries every table: one that looks the same has another number in each hidden
    cell. Totals under five are not shown, so they start there."""
    for total in range(FEWEST, {2: 30, 3: 24, 4: 17}.get(cells, 11)):
        alike = {}
        for table in tables(cells, total):
            alike.setdefault(tuple(suppress(table)), []).append(table)
        for shown, possible in alike.items():
            for cell, seen in enumerate(shown):
                if seen is None:
                    assert len({table[cell] for table in possible}) > 1, (
                        shown,
                        possible,
                    )
