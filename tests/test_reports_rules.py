"""The rules that need no database: comparing, quarters, drawing, writing."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import chart_lines, chart_maps, lettering
from engagement.core.chart_lines import Point
from engagement.core.chart_maps import Spot
from engagement.reports import differences, periods, tables

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg):
    return ET.fromstring(svg)  # noqa: S314


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
@settings(max_examples=60)
def test_a_difference_lies_in_its_interval_and_turns_with_the_times(a, b, c, d):
    before, now = (min(a, b), b), (min(c, d), d)
    found = differences.between(before, now)
    back = differences.between(now, before)
    assert found.low <= found.points <= found.high
    assert back.points == pytest.approx(-found.points, abs=0.11)
    assert back.low == pytest.approx(-found.high, abs=0.11)


def test_the_interval_is_the_one_that_newcombe_printed():
    """Table II of the paper, (a): 56/70 and 48/80."""
    found = differences.between((48, 80), (56, 70))
    assert (found.points, found.low, found.high) == (20.0, 5.2, 33.4)
    assert found.is_clear
    assert differences.between((0, 0), (5, 9)) is None


@pytest.mark.parametrize(
    ("today", "name", "first", "last"),
    [
        (date(2011, 4, 1), "2011-Q1", date(2011, 1, 1), date(2011, 3, 31)),
        (date(2011, 3, 31), "2010-Q4", date(2010, 10, 1), date(2010, 12, 31)),
        (date(2012, 12, 31), "2012-Q3", date(2012, 7, 1), date(2012, 9, 30)),
    ],
)
def test_the_last_whole_quarter(today, name, first, last):
    assert periods.last_quarter(today) == (name, first, last)


def test_a_half_is_rounded_up():
    assert tables.share(1, 16) == 6.3
    assert tables.share(41, 41) == 100.0
    assert tables.share(0, 0) == ""
    assert tables.share(None, 9) is None
    assert tables.shown(-2.0, tables.POINTS) == "\N{MINUS SIGN}2.0"


def test_a_map_says_in_each_cell_what_is_in_it():
    spots = [Spot(30, "30"), Spot(None, "hidden"), Spot(0, "0", wanted=True)]
    svg = drawn(chart_maps.heat("T", "D", ["<a>", "b", "c"], [("Row & all", spots)]))
    assert svg.find(f"{SVG}title").text == "T"
    texts = [one.text for one in svg.iter(f"{SVG}text")]
    assert texts == ["<a>", "b", "c", "Row & all", "30", "0"]
    boxes = list(svg.iter(f"{SVG}rect"))
    assert [one.get("stroke-dasharray") for one in boxes] == [None, None, "5 3"]
    assert boxes[0].get("fill") == chart_maps.SHADES[-1]
    assert len(list(svg.iter(f"{SVG}path"))) == 1, "Only what is hidden is hatched."
    assert "style" not in chart_maps.heat("", "", [], [])


def test_a_line_has_a_gap_where_a_count_is_hidden():
    counts = [1, 2, None, 4]
    svg = drawn(chart_lines.lines("T", "D", [Point("d", n) for n in counts]))
    lines = [p for p in svg.iter(f"{SVG}path") if p.get("stroke-width") == "2.5"]
    assert len(lines) == 2
    assert len(list(svg.iter(f"{SVG}circle"))) == 3


def test_words_that_do_not_fit_end_in_dots():
    assert lettering.wrapped("Strategic or senior management", 19) == [
        "Strategic or senior",
        "management",
    ]
    assert lettering.wrapped("a b c", 1)[1].endswith("…")
