import struct
import xml.etree.ElementTree as ET

import pytest
from django.core import checks
from django.utils import translation

from engagement.core import markup
from engagement.core.markup import painting
from tests.support.markup import elements

ROWS = "| Sector | People |\n|---|---|\n| Councils | 12 |\n| Dŵr Cymru | 1,300 |\n"
CHART = f"```chart\ntitle: Who reads\nkind: bar\n{ROWS}```\n"
SVG = "{http://www.w3.org/2000/svg}"


def wrong(lines):
    """What the writer is told about a chart of these lines."""
    [notice] = elements(markup.render(f"Words\n\n```chart\n{lines}\n```"))[1:]
    assert notice.get("class") == "notice notice-warning"
    return notice.text


def test_a_chart_is_drawn_with_its_table_beside_it():
    html = markup.render(f"Before.\n{CHART}After.")
    found = elements(html)
    svg = next(e for e in found if e.tag == f"{SVG}svg")
    assert svg.find(f"{SVG}title").text == "Who reads"
    assert svg.find(f"{SVG}desc").text
    assert len(list(svg.iter(f"{SVG}rect"))) == 2
    cells = [e.text for e in found if e.tag in {"th", "td"}]
    assert cells == ["Sector", "People", "Councils", "12", "Dŵr Cymru", "1,300"]
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")


def test_rows_can_be_typed_with_commas():
    typed = '```chart\ntitle: Who reads\n"Trefi, pentrefi", 12\nCouncils,"1,300"\n```'
    [chart] = markup.charts(typed)
    assert [(bar.label, bar.value) for bar in chart.bars] == [
        ("Trefi, pentrefi", 12),
        ("Councils", 1300),
    ]


@pytest.mark.parametrize(
    ("shown", "value"), [("£1,234.50", 1234.5), ("45%", 45), ("0", 0), ("007", 7)]
)
def test_figures_are_shown_as_typed(shown, value):
    [chart] = markup.charts(f"```chart\ntitle: T\nA|{shown}\n```")
    assert (chart.bars[0].value, chart.bars[0].shown) == (value, shown)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("A|1", 3),
        ("title: T\nkind: pie\nA|1", 5),
        ("title: T\nA|1\nB|many", 6),
        ("title: T\nA|1\nB|-2", 6),
        ("title: T\nA|1\nB|1e9", 6),
        ("title: T\nA|1\n\nB", 7),
        ("title: T\nA|1\n|1", 6),
        ("title: T\nA|1|2", 5),
        ("title: T", 3),
        ("title: T\nA|B", 3),
        ("", 3),
        ("title: T\n" + "A|1\n" * 31, 35),
        (f"title: T\n{'A' * 60}|1", 5),
    ],
)
def test_a_broken_chart_names_the_line(lines, number):
    assert wrong(lines).startswith(f"This chart cannot be drawn. Line {number}: ")


def test_a_chart_that_never_ends_takes_no_words_along():
    html = markup.render("```chart\ntitle: T\nA|1\n\nThe rest of the text.")
    assert "Line 1: " in html
    assert "The rest of the text." in html


def test_it_is_told_in_welsh():
    with translation.override("cy"):
        words = wrong("title: T\nA|1\nB|many")
    assert "many" in words
    assert "Line" not in words


def test_in_a_mail_the_picture_has_an_address_and_the_table_stays():
    typed = f"{CHART}\n{CHART}"
    html = markup.mail(typed, chart_url="https://example.org/{}.png".format)
    found = elements(html)
    pictures = [e for e in found if e.tag == "img"]
    assert [e.get("src")[-5:] for e in pictures] == ["0.png", "1.png"]
    assert pictures[0].get("alt").startswith("Who reads. ")
    assert [e.text for e in found if e.tag == "td"] == ["12", "1,300"] * 2
    assert "<svg" not in html


def test_without_an_address_the_mail_has_the_table_alone():
    html = markup.mail(CHART)
    assert "<img" not in html
    assert "1,300" in html


def test_as_text_it_is_its_table():
    assert markup.text(CHART) == (
        "Who reads\n\nSector     People\n---------  ------\n"
        "Councils       12\nDŵr Cymru   1,300"
    )


def test_a_chart_that_cannot_be_drawn_keeps_its_place():
    found = markup.charts(f"```chart\n```\n{CHART}")
    assert found[0] is None
    assert found[1].title == "Who reads"


@pytest.mark.slow
def test_the_picture_is_sharp_has_words_and_is_the_same_each_time():
    [chart] = markup.charts(CHART)
    [mute] = markup.charts(CHART.replace("Councils", ".").replace("Dŵr Cymru", "."))
    picture = markup.png(chart)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (960, 216)
    assert picture == markup.png(chart)
    # Without a font both would be the same: bars and no words.
    assert picture != markup.png(mute)


def test_without_the_font_nothing_is_drawn_and_each_start_says_so(monkeypatch):
    [chart] = markup.charts(CHART)
    assert checks.run_checks(include_deployment_checks=False) == []
    monkeypatch.setattr(painting, "FONT", painting.FONT.with_name("none.ttf"))
    with pytest.raises(FileNotFoundError, match="fonts-dejavu-core"):
        markup.png(chart)
    [error] = checks.run_checks()
    assert (error.id, error.is_serious()) == ("core.W001", False)
    assert "fonts-dejavu-core" in error.hint


def test_what_is_drawn_is_sound_whatever_the_words():
    evil = "</text><script>x</script>"
    html = markup.render(f"```chart\ntitle: {evil}\nabout: {evil}\n{evil}|1\n```")
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    tags = {e.tag.removeprefix(SVG) for e in ET.fromstring(svg).iter()}  # noqa: S314
    assert tags == {"svg", "title", "desc", "text", "rect", "path"}
    assert "<script" not in html
