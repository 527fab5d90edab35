"""Protected tables, attacked by somebody who knows all of them and how they were made."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.metrics import disclosure
from engagement.metrics.disclosure import examine, protect, protect_sums
from engagement.metrics.tables import Dimension, Table
from tests.support import attacks
from tests.support.attacks import ranges


def chances(seed):
    """The same each time: a test that fails can be looked at."""
    return random.Random(seed)  # noqa: S311 - no secrets here


def dimension(name, size, parents=None):
    values = {f"{name}{n}": f"{name.upper()}{n}" for n in range(size)}
    return Dimension(
        name, name, values | dict.fromkeys((parents or {}).values(), ""), parents or {}
    )


def crossed(chance, *sizes, cuts=(), parents=None, most=25):
    """A table of that shape with counts as they come: many noughts, many small."""
    dims = [dimension("abc"[n], size) for n, size in enumerate(sizes)]
    if parents:
        dims[0] = dimension("a", sizes[0], parents)
    counts = {}
    for place in _places(dims):
        counts[place] = chance.choice((0, 0, 1, 2, 4, 5, 7, chance.randrange(most)))
    return Table(tuple(dims), counts, cuts)


def _places(dims):
    if not dims:
        return [()]
    rest = _places(dims[1:])
    return [(value, *others) for value in dims[0].leaves for others in rest]


def fails_to_tell(table, fewest):
    """Attacks what is published of it; True where something was hidden."""
    shown, sums = protect(table, fewest=fewest), table.sums()
    small = {place for place, count in sums.items() if 0 < count < fewest}
    for place, (least, most) in ranges(shown, small & table.counts.keys()).items():
        assert least - 1e-6 <= sums[place] <= most + 1e-6
        if place not in small:
            assert most - least >= fewest - 1 - 1e-6, (place, sums[place], least, most)
            continue
        assert most >= fewest - 1e-6, (place, sums[place], least, most)
        if place in table.counts:
            assert least <= 1 + 1e-6, (place, sums[place], least, most)
    return shown.hides


@pytest.mark.slow
@pytest.mark.parametrize("fewest", [5, 10])
def test_no_hidden_count_of_two_ways_can_be_told(fewest):
    chance = chances(fewest)
    found = [
        fails_to_tell(
            crossed(chance, chance.randint(2, 5), chance.randint(2, 4)), fewest
        )
        for _table in range(120)
    ]
    assert sum(found) > 100


@pytest.mark.slow
def test_nor_of_one_way_nor_under_subtotals():
    chance = chances(3)
    for _table in range(60):
        fails_to_tell(crossed(chance, chance.randint(2, 8)), 5)
        groups = {"a0": "x", "a1": "x", "a2": "y", "a3": "y"}
        table = crossed(chance, chance.randint(4, 6), 3, parents=groups)
        fails_to_tell(table, 5)


@pytest.mark.slow
def test_nor_by_the_difference_of_filters():
    """The table of all, the same by a third thing, and no crossing of all three: who
    subtracts one from another, or solves all of them at once, is no further."""
    chance = chances(7)
    for cuts in (((0, 1), (0, 2)), ((0, 1), (1, 2), (0, 2)), ((0, 1), (2,))):
        for _table in range(25):
            fails_to_tell(crossed(chance, 3, 3, 2, cuts=cuts), 5)


@pytest.mark.slow
def test_nor_where_all_of_it_is_published():
    chance = chances(11)
    for _table in range(25):
        fails_to_tell(crossed(chance, 3, 3, 2), 5)


def test_the_attack_would_find_what_is_badly_hidden():
    """A small count hidden alone, as a filter would do it: the sums give it away."""
    table = Table((dimension("a", 3),), {("a0",): 2, ("a1",): 9, ("a2",): 8})
    shown = protect(table, fewest=5)
    alone = {key: table.sums()[key] for key in shown.shown} | {("a0",): None}
    found = ranges(type(shown)(shown.dimensions, 5, alone))
    assert found[("a0",)] == pytest.approx((2, 2))


def shown_of(counts, fewest=5):
    dims = (dimension("a", len(counts)),)
    table = Table(dims, {(f"a{n}",): count for n, count in enumerate(counts)})
    return list(protect(table, fewest=fewest).shown.values())


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([6, 8, 5], [6, 8, 5, 19]),
        ([8, 0, 9], [8, 0, 9, 17]),
        ([6, 2, 9], [None, None, 9, 17]),
        ([4, 0, 0], [None, 0, 0, None]),
        # Each is at least one: the total of five would say that each is one.
        ([1, 1, 1, 1, 1], [None, None, None, None, None, None]),
        ([0, 0], [0, 0, 0]),
        ([], [0]),
    ],
)
def test_which_counts_of_a_row_are_hidden(counts, shown):
    assert shown_of(counts) == shown


def test_a_shared_count_is_hidden_in_both_cuts():
    """By sector it is small: then also where sector is crossed with language."""
    dims = (dimension("a", 2), dimension("b", 2))
    counts = {("a0", "b0"): 2, ("a0", "b1"): 1, ("a1", "b0"): 30, ("a1", "b1"): 40}
    shown = protect(Table(dims, counts, cuts=((0,), (1,), (0, 1))), fewest=5).shown
    assert shown[("a0", None)] is None
    assert shown[("a0", "b0")] is None


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    dims = (dimension("a", rows), dimension("b", columns))
    count = st.one_of(st.integers(0, 12), st.integers(0, 1000))
    return Table(dims, {place: draw(count) for place in _places(dims)})


@given(tables(), st.sampled_from([5, 10]))
@settings(max_examples=40, deadline=None)
def test_what_is_shown_is_true_and_never_small(table, fewest):
    shown, log = examine(table, fewest=fewest)
    sums = table.sums()
    for place, count in shown.shown.items():
        assert count in (None, sums[place])
        assert not (count is not None and 0 < count < fewest)
    assert {one.key for one in log} == {
        p for p, count in shown.shown.items() if count is None
    }
    assert shown == protect(table, fewest=fewest)
    if not any(0 < sums[place] < fewest for place in shown.shown):
        assert not shown.hides


@given(tables())
@settings(max_examples=25, deadline=None)
def test_a_table_that_is_protected_needs_no_more(table):
    """What the first time hid is enough: from there, nothing is exposed."""
    shown = protect(table, fewest=5)
    numbers, cells = disclosure._of_table(table, 5)
    cells.hidden |= {
        numbers[place] for place, count in shown.shown.items() if count is None
    }
    assert cells.exposed() is None


def test_the_order_of_the_counts_changes_nothing():
    table = crossed(chances(5), 4, 4)
    turned = Table(table.dimensions, dict(reversed(table.counts.items())))
    assert protect(table, fewest=5) == protect(turned, fewest=5)


def test_the_log_says_why_to_those_who_own_the_numbers():
    dims = (dimension("a", 3),)
    _shown, log = examine(Table(dims, {("a0",): 2, ("a1",): 9, ("a2",): 8}), fewest=5)
    assert [(one.key, one.reason) for one in log] == [
        (("a0",), "small"),
        (("a2",), "protects"),
    ]


@pytest.mark.parametrize("counts", [{("a9",): 3}, {("a0",): -1}, {("a0", "b"): 1}])
def test_what_is_no_table_is_refused(counts):
    with pytest.raises(ValueError, match=r"value of a|below nought|zip"):
        protect(Table((dimension("a", 2),), counts), fewest=5)


def test_fewer_are_shown_in_public():
    assert (disclosure.threshold(public=False), disclosure.threshold(public=True)) == (
        5,
        10,
    )


def tied(chance):
    """A base, a part of it, and two breakdowns of that part; and their sums."""
    ways = {"a": {}, "b": {}}
    for place in _places([dimension("a", 5), dimension("b", 4)]):
        count = chance.choice((0, 0, 1, 2, 4, 6, chance.randrange(25)))
        for way, one in zip(ways, place, strict=True):
            ways[way][one] = ways[way].get(one, 0) + count
    part, rest = sum(ways["a"].values()), chance.choice((0, 1, 3, 9, 40))
    counts = ways["a"] | ways["b"] | {"part": part, "rest": rest, "base": part + rest}
    sums = [("part", [*parts]) for parts in ways.values()]
    return counts, [*sums, ("base", ["part", "rest"])]


@pytest.mark.slow
@pytest.mark.parametrize("fewest", [5, 10])
def test_no_hidden_count_of_sums_can_be_told(fewest):
    chance = chances(fewest)
    hidden = 0
    for _page in range(60):
        counts, sums = tied(chance)
        shown = protect_sums(counts, sums, fewest=fewest)
        assert shown == protect_sums(counts, sums, fewest=fewest)
        hidden += attacks.fails(shown, sums, counts, fewest)
    assert hidden > 100


def test_what_the_base_leaves_is_not_told_either():
    counts = {"came": 58, "stayed away": 2, "had a place": 60}
    sums = [("had a place", ["came", "stayed away"])]
    assert protect_sums(counts, sums, fewest=5) == {
        "came": None,
        "stayed away": None,
        "had a place": 60,
    }


def test_counts_that_nothing_ties_are_hidden_alone():
    assert protect_sums({"a": 2, "b": 9, "c": 0}, [], fewest=5) == {
        "a": None,
        "b": 9,
        "c": 0,
    }


@pytest.mark.parametrize(
    ("counts", "words"), [({"a": 3, "b": 2}, "not the sum"), ({"a": -1}, "below")]
)
def test_sums_that_are_none_are_refused(counts, words):
    with pytest.raises(ValueError, match=words):
        protect_sums(counts, [("a", ["b"])] if "b" in counts else [], fewest=5)


@pytest.mark.slow
def test_ten_years_of_days_take_no_time():
    chance = chances(1)
    days = {n: chance.randrange(8) for n in range(3650)}
    months = [(f"m{n}", range(n, n + 30)) for n in range(0, 3630, 30)]
    counts = days | {name: sum(days[n] for n in parts) for name, parts in months}
    start = time.perf_counter()
    protect_sums(counts, months, fewest=5)
    assert time.perf_counter() - start < 3
