"""Our statistics against those of statsmodels and scipy, which the site does not need."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from engagement.metrics.intervals import Z95, bounds, is_clear, newcombe, wilson

CASES = 4000


def cases(seed):
    """Counts and their bases, 0 and n among them; thousands, the same each time."""
    chance = np.random.default_rng(seed)
    base = chance.integers(1, 2000, CASES)
    count = chance.integers(0, base + 1)
    count[:200], count[200:400] = 0, base[200:400]
    base[400:410], count[400:410] = 1, [0, 1] * 5
    return count, base


def test_the_normal_point():
    assert pytest.approx(stats.norm.ppf(0.975), abs=1e-15) == Z95


def test_wilson_is_that_of_statsmodels():
    count, base = cases(1)
    theirs = np.array(proportion_confint(count, base, method="wilson")).T
    ours = np.array(
        [wilson(*pair) for pair in zip(count.tolist(), base.tolist(), strict=True)]
    )
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_wilson_is_that_of_scipy():
    for count, base in ((0, 1), (1, 1), (0, 41), (41, 41), (8, 41), (24, 28)):
        theirs = stats.binomtest(count, base).proportion_ci(method="wilson")
        assert wilson(count, base) == pytest.approx(tuple(theirs), abs=1e-12)


def test_a_known_population_is_a_larger_sample():
    """The same formula for n(N-1)/(N-n) people, who need be no whole number."""
    count, base = cases(2)
    population = base + np.random.default_rng(3).integers(1, 5000, CASES)
    larger = base * (population - 1) / (population - base)
    theirs = proportion_confint(count / base * larger, larger, method="wilson")
    rows = zip(count.tolist(), base.tolist(), population.tolist(), strict=True)
    ours = np.array([wilson(*row) for row in rows])
    np.testing.assert_allclose(ours, np.array(theirs).T, atol=1e-9)


def test_newcombe_is_that_of_statsmodels():
    """Theirs takes one pair at a time, slowly: it is asked for fewer, and its formula,
    on whole columns, for all."""
    (one, of), (other, out_of) = cases(4), cases(5)
    other, out_of = other[::-1], out_of[::-1]
    columns = [column.tolist() for column in (one, of, other, out_of)]
    ours = np.array(
        [newcombe((a, n), (b, m)) for a, n, b, m in zip(*columns, strict=True)]
    )
    low, high = np.array(proportion_confint(one, of, method="wilson"))
    below, above = np.array(proportion_confint(other, out_of, method="wilson"))
    p, q = one / of, other / out_of
    np.testing.assert_allclose(
        ours[:, 0], p - q - np.hypot(p - low, above - q), atol=1e-12
    )
    np.testing.assert_allclose(
        ours[:, 1], p - q + np.hypot(high - p, q - below), atol=1e-12
    )
    for case in range(0, CASES, 20):
        theirs = confint_proportions_2indep(
            one[case],
            of[case],
            other[case],
            out_of[case],
            method="newcomb",
            compare="diff",
        )
        assert tuple(ours[case]) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998, table II, method 10, contrasts (a) to (h).
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_is_as_he_printed_it(one, other, low, high):
    assert newcombe(one, other) == pytest.approx((low, high), abs=5e-5)


def test_it_turns_round_with_the_two():
    low, high = newcombe((40, 41), (12, 41))
    assert newcombe((12, 41), (40, 41)) == pytest.approx((-high, -low))
    assert is_clear(newcombe((40, 41), (12, 41)))
    assert is_clear(newcombe((12, 41), (40, 41)))
    assert not is_clear(newcombe((12, 41), (13, 41)))


def test_a_difference_of_two_censuses_is_certain():
    assert newcombe((3, 10, 10), (1, 10, 10)) == pytest.approx((0.2, 0.2))


@pytest.mark.parametrize(
    ("count", "base", "missing", "low", "high"),
    [
        # Of the 224 whom the survey of 2011 reached, 183 did not answer.
        (14, 41, 183, 0.0625, 0.8795),
        (8, 41, 183, 0.0357, 0.8527),
        (27, 41, 183, 0.1205, 0.9375),
        (0, 41, 0, 0, 0),
        (0, 0, 3, 0, 1),
        (5, 5, 0, 1, 1),
    ],
)
def test_the_most_that_silence_could_hide(count, base, missing, low, high):
    assert bounds(count, base, missing) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("wrong", [(1, 0, 3), (-1, 4, 0), (1, 4, -1), (0, 0, 0)])
def test_what_nobody_can_have_answered_is_refused(wrong):
    with pytest.raises(ValueError, match="missing"):
        bounds(*wrong)
