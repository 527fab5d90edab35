import pytest
from django.utils import translation

from engagement.metrics.words import number, percent


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
