"""Breakdowns beside totals that everybody knows: nobody works a small count out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from engagement.metrics import guarding
from engagement.metrics.registry import Reading, Row

FEWEST = 5
PAIRS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=5
)


def told(*pairs, reading=None):
    """Of parts that are (value, base)."""
    rows = [Row("", value, str(n), base) for n, (value, base) in enumerate(pairs)]
    whole = reading or Reading(sum(p[0] for p in pairs), sum(p[1] for p in pairs))
    return [(one.value, one.base) for one in guarding.parts(whole, rows, fewest=FEWEST)]


def test_what_is_large_is_shown_and_a_nought_too():
    assert told((10, 20), (30, 60), (0, 8)) == [(10, 20), (30, 60), (0, 8)]


def test_a_few_are_hidden_with_another_and_their_bases():
    assert told((3, 20), (8, 30), (40, 60)) == [(None, None), (None, None), (40, 60)]


def test_where_few_are_left_out_of_a_base_the_base_is_hidden():
    """18 of 20: two are left."""
    assert told((18, 20), (20, 40), (40, 60)) == [(18, None), (20, None), (40, 60)]


def test_of_few_who_are_left_in_all_nobody_can_say_whose_they_are():
    """Three in two parts: one and two, or two and one."""
    assert told((18, 20), (39, 40), (60, 60)) == [(18, None), (39, None), (60, 60)]
    hidden = [(18, None), (40, None), (60, None)]
    assert told((18, 20), (40, 40), (60, 60)) == hidden, "It would be all of one part."
    hidden = [(19, None), (39, None), (60, None)]
    assert told((19, 20), (39, 40), (60, 60)) == hidden, "It would be one of each."


def test_where_a_known_total_would_tell_all_parts_are_hidden():
    """3 and 2 of 5: neither can be more than four."""
    assert told((3, 30), (2, 30), (0, 9)) == [(None, None)] * 3


def test_of_a_few_in_all_nothing_is_told():
    assert guarding.whole(Reading(3, 40), fewest=FEWEST) == (None, None, None)
    assert guarding.whole(Reading(0, 40), fewest=FEWEST) == (0, 40, None)
    assert guarding.whole(Reading(40, at_most=60), fewest=FEWEST) == (40, None, 60)
    assert told((3, 40), (0, 50)) == [(None, None)] * 2


def test_both_ends_of_a_range_are_guarded():
    rows = [Row("", 0, "a", at_most=3), Row("", 9, "b", at_most=20)]
    found = guarding.parts(Reading(9, at_most=23), rows, fewest=FEWEST)
    assert [one.at_most for one in found] == [None, None]


def test_of_what_are_no_people_nothing_is_hidden():
    assert guarding.open_parts([Row("", 1, "a")]) == [(1, None, None)]


def ends(pairs, shown, of):
    """The least and the most of a part, by linear programming over all that looks the
    same: values first, then those who are left of each base."""
    many = len(pairs)
    one = np.eye(2 * many)
    values, left = one[:many], one[many:]
    known = [(values.sum(0), sum(p[0] for p in pairs))]
    known.append((one.sum(0), sum(p[1] for p in pairs)))
    for place, (value, base) in enumerate(shown):
        if value is not None:
            known.append((values[place], value))
        if base is not None:
            known.append((values[place] + left[place], base))
    found = [
        linprog(
            sign * of(values, left),
            A_eq=np.array([row for row, _sum in known]),
            b_eq=[total for _row, total in known],
        )
        for sign in (1, -1)
    ]
    return found[0].fun, -found[1].fun


@pytest.mark.slow
@given(PAIRS)
@settings(max_examples=100, deadline=None)
def test_nobody_can_work_out_that_a_hidden_count_is_small(pairs):
    """Of values, bases, and those who are in the one and not in the other."""
    pairs = [(min(pair), max(pair)) for pair in pairs]
    whole = Reading(sum(p[0] for p in pairs), sum(p[1] for p in pairs))
    shown = told(*pairs)
    if guarding.whole(whole, fewest=FEWEST).value is None:
        assert shown == [(None, None)] * len(pairs)
        return
    for place, (value, base) in enumerate(pairs):
        for count, total, of in (
            (value, whole.value, lambda v, r, n=place: v[n]),
            (base, whole.base, lambda v, r, n=place: v[n] + r[n]),
            (base - value, whole.base - whole.value, lambda v, r, n=place: r[n]),
        ):
            if 0 < count < FEWEST:
                low, high = ends(pairs, shown, of)
                assert low <= 1 + 1e-6, (pairs, shown)
                # No more can be had than there are in all.
                assert high >= min(FEWEST, total) - 1e-6, (pairs, shown)
