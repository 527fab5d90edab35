import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import charts
from engagement.core.charts import Bar

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
SHARE = st.floats(0, 1e6)


def drawn(*rows, title="Title", description="What it shows"):
    return ET.fromstring(charts.bars(title, description, rows).svg)  # noqa: S314


def widths(svg):
    return [float(rect.get("width")) for rect in svg.iter(f"{SVG}rect")]


def test_has_a_title_and_a_description():
    svg = drawn(Bar("A", 1, "1"))
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == "Title"
    assert svg.find(f"{SVG}desc").text == "What it shows"


def test_bars_are_in_proportion_and_start_at_nought():
    one, two, none = widths(
        drawn(Bar("A", 5, "5"), Bar("B", 10, "10"), Bar("C", 0, "0"))
    )
    assert two == 2 * one
    assert none == 0


def test_a_hidden_figure_has_no_bar_but_is_named():
    svg = drawn(Bar("A", None, "hidden"))
    assert widths(svg) == []
    assert "hidden" in [text.text for text in svg.iter(f"{SVG}text")]


def test_an_interval_fits_into_the_picture():
    svg = drawn(Bar("A", 0.5, "50", low=0.2, high=0.9))
    path = [p.get("d") for p in svg.iter(f"{SVG}path")][-1]
    ends = path.split("M")[1]
    low, high = ends.split(" ")[0], ends.split("H")[1]
    assert float(low) < widths(svg)[0] < float(high) <= charts.WIDTH


def test_nothing_to_show_is_still_a_picture():
    assert widths(drawn()) == []
    assert widths(drawn(Bar("A", 0, "0"))) == [0]


def test_words_are_escaped_and_nothing_is_styled():
    svg = charts.bars("<script>", '"&', [Bar("</text><script>", 1, "<b>")]).svg
    assert "<script" not in svg
    assert "style" not in svg


@given(TEXT, TEXT, st.lists(st.tuples(TEXT, st.none() | SHARE, TEXT), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_words_and_figures_make_a_picture(title, description, rows):
    svg = drawn(*(Bar(*row) for row in rows), title=title, description=description)
    assert all(0 <= width <= charts.WIDTH for width in widths(svg))


def test_charts_of_one_kind_can_share_a_scale():
    half = ET.fromstring(charts.bars("A", "", [Bar("A", 50, "50%")], full=100).svg)  # noqa: S314
    whole = ET.fromstring(charts.bars("A", "", [Bar("A", 100, "100%")], full=100).svg)  # noqa: S314
    assert widths(half)[0] * 2 == widths(whole)[0]
