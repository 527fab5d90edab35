"""Bursts and storms: rules on hits by what stands around them."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from engagement.metrics.neighbours import BURST, STORM, Seen, machines


def link(at, which, *, letter="a", client="c"):
    return Seen(at, client, letter, which)


def opening(at, *, letter="a", client="proxy"):
    return Seen(at, client, letter, "picture", is_opening=True)


@pytest.mark.parametrize(
    ("seconds", "is_burst"),
    [((0, 1, 2), True), ((0, 1, 2.1), False), ((0, 0, 0), True), ((0, 2, 4), False)],
)
def test_three_different_links_of_one_delivery_within_two_seconds(seconds, is_burst):
    seen = [link(at, n) for n, at in enumerate(seconds)]
    assert machines(seen) == (dict.fromkeys(range(3), BURST) if is_burst else {})


def test_moments_of_today_are_compared_to_the_microsecond():
    start = 1_794_000_000.1
    assert machines([link(start + s, s) for s in (0, 1, 2)])


def test_the_same_link_again_or_another_delivery_is_none():
    assert machines([link(n / 10, "one") for n in range(9)]) == {}
    assert machines([link(n / 10, n, letter=n) for n in range(4)]) == {}


def test_a_long_burst_is_one_and_takes_all_its_links():
    seen = [link(n * 0.9, n) for n in range(20)]
    assert set(machines(seen)) == set(range(20))


def test_the_last_opening_before_is_the_burst_s():
    burst = [link(100 + n / 10, n) for n in range(3)]
    seen = [opening(10), opening(70), opening(80, letter="b"), *burst, opening(101)]
    assert set(machines(seen)) == {1, 3, 4, 5}
    assert 0 not in machines([opening(30), *burst]), "over a minute before"


def test_pages_that_the_links_led_to_are_the_burst_s():
    page = Seen(0.5, "c", None, "page")
    seen = [link(0, 1), link(0.2, 2), page, link(0.9, 3), page._replace(at=2.5)]
    seen += [page._replace(at=3), page._replace(at=60)]
    assert set(machines(seen)) == {0, 1, 2, 3, 4}
    stranger = page._replace(client="other")
    assert machines([link(0, 1), link(0.2, 2), stranger, link(0.9, 3)]).get(2) is None


def test_a_storm_is_the_links_of_five_deliveries_from_one_client():
    seen = [link(n, "one", letter=n) for n in range(5)]
    assert machines(seen) == dict.fromkeys(range(5), STORM)
    assert machines(seen[:4]) == {}
    assert machines([one._replace(at=one.at * 2) for one in seen]) == {}
    assert machines([one._replace(client=one.letter) for one in seen]) == {}


def test_openings_by_a_proxy_are_no_storm():
    assert machines([opening(n / 10, letter=n) for n in range(50)]) == {}


@profile(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3)), max_size=12))
def test_any_links_are_a_burst_as_the_naive_rule_says(made):
    seen = [link(tenth / 4, which) for tenth, which in sorted(made)]
    expected = {
        place
        for three in combinations(range(len(seen)), 3)
        if len({seen[p].link for p in three}) == 3
        and seen[three[2]].at - seen[three[0]].at <= 2
        for place in range(len(seen))
        # What the client asks for meanwhile, or shortly after, is the burst's too.
        if seen[three[0]].at <= seen[place].at <= seen[three[2]].at + 2
    }
    found = set(machines(seen))
    # Links at the very moment of the first may stand before or after it.
    firsts = {seen[place].at for place in found}
    assert found <= expected
    assert all(seen[place].at in firsts for place in expected)
