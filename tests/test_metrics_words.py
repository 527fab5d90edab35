import pytest
from django.utils import translation

from engagement.metrics.intervals import Sample
from engagement.metrics.words import difference, number, percent, sums_note


@pytest.mark.parametrize(
    ("part", "whole", "places", "shown"),
    [
        (24, 28, 0, "86%"),
        (4, 41, 0, "10%"),
        (8, 41, 0, "20%"),
        (1, 8, 0, "13%"),
        (41, 224, 1, "18.3%"),
        (0, 3, 1, "0.0%"),
        (0.4945, 1, 0, "49%"),
        (30, 30, 1, "100.0%"),
    ],
)
def test_per_cent_is_rounded_never_cut(part, whole, places, shown):
    assert percent(part, whole, places=places) == shown
    with translation.override("cy"):
        assert percent(part, whole, places=places) == shown


def test_thousands_are_set_apart():
    assert number(1896) == "1,896"


def test_a_difference_that_may_be_none_is_said_to_be_none():
    one, other = Sample(16, 41), Sample(12, 41)
    assert difference(one, other) == (
        "no clear difference (95% interval \N{MINUS SIGN}10 to +29 percentage points)"
    )
    with translation.override("cy"):
        assert difference(one, other).startswith("dim gwahaniaeth clir")


def test_a_clear_difference_has_its_sign_and_interval():
    assert difference(Sample(40, 41), Sample(12, 41)) == (
        "+68 percentage points (95% interval +50 to +80)"
    )
    assert difference(Sample(12, 41), Sample(40, 41)).startswith(
        "\N{MINUS SIGN}68 percentage"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [((16, 12, 10, 3), True), ((16, 10, 15), False), ((18, 7, 8, 4, 4), True)],
)
def test_a_set_of_percentages_is_never_bent_to_a_hundred(counts, said):
    """Of the report: 39 + 29 + 24 + 7 and, as it should be, 44 + 17 + 20 + 10 + 10."""
    assert bool(sums_note(counts, 41)) == said
