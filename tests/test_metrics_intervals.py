"""Wilson's interval, against the figures worked out from the report's survey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.metrics.intervals import wilson


@pytest.mark.parametrize(
    ("count", "base", "population", "low", "high"),
    [
        (41, 224, None, 0.1379, 0.2389),
        (14, 41, None, 0.2156, 0.4945),
        (14, 41, 224, 0.2256, 0.48),
        (8, 41, None, 0.1023, 0.3401),
        (8, 41, 224, 0.1088, 0.325),
        (4, 41, None, 0.0386, 0.2255),
        (4, 41, 224, 0.042, 0.2106),
        (18, 41, None, 0.2989, 0.5896),
        (18, 41, 224, 0.3107, 0.5761),
    ],
)
def test_the_intervals_of_the_survey(count, base, population, low, high):
    found = wilson(count, base, population)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_census_is_certain():
    assert wilson(3, 10, 10) == (0.3, 0.3)


@pytest.mark.parametrize(
    ("count", "base", "population"),
    [(1, 0, None), (0, 0, 0), (5, 4, None), (-1, 4, 9), (1, 4, 3)],
)
def test_what_is_no_proportion_is_refused(count, base, population):
    with pytest.raises(ValueError, match="of"):
        wilson(count, base, population)


@given(st.data(), st.integers(1, 500))
def test_it_holds_the_share_and_narrows_with_a_known_population(data, base):
    count = data.draw(st.integers(0, base))
    population = data.draw(st.integers(base, 1000))
    wide, narrow = wilson(count, base), wilson(count, base, population)
    assert 0 <= wide.low <= narrow.low + 1e-9
    assert narrow.high - 1e-9 <= wide.high <= 1
    assert narrow.low - 1e-9 <= count / base <= narrow.high + 1e-9
