"""How cells of lists of rows are told, and what a metric without rows says."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from engagement.core.bilingual import Shown
from engagement.metrics import registry
from engagement.metrics.registry import Metric
from engagement.metrics.rows import Link, Links, Told, told, written

LINK = Link("Ranks", "/ranks/")


@pytest.mark.parametrize(
    ("cell", "on_page", "in_file"),
    [
        ("A", Told("A"), "A"),
        (1200, Told("1,200"), "1200"),
        (None, Told("hidden"), "hidden"),
        (Shown("Dŵr", "cy"), Told("Dŵr", "cy"), "Dŵr"),
        (Shown("Water", "en"), Told("Water"), "Water"),
        (Links((LINK, LINK)), Told("", "", (LINK, LINK)), "Ranks; Ranks"),
        (date(2026, 3, 1), Told("1 March 2026"), "2026-03-01"),
    ],
)
def test_each_kind_of_cell(cell, on_page, in_file):
    assert told(cell) == on_page
    assert written(cell) == in_file


def test_a_moment_is_by_the_clocks_of_wales():
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert written(at) == "2026-07-02 00:30"
    with translation.override("cy"):
        assert "2 Gorff" in told(at).text


def test_what_has_no_rows_or_number_says_so():
    plain = Metric(key="plain", position=1, title="Plain", meaning="One. Two.")
    assert plain.first_words == "One."
    with pytest.raises(ValueError, match="no rows"):
        plain.found(1)
    with pytest.raises(ValueError, match="in tables alone"):
        plain.read(1)


def test_what_is_told_apart_is_defined_and_no_figure_of_a_study():
    apart = {one.key for one in registry.defined() if one.apart}
    assert {"reached-people", "open-risks", "thing-readers"} < apart
    assert apart.isdisjoint(one.key for one in registry.every())
    assert registry.get("no such") is None
