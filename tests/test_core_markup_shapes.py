import re

import pytest
from django.utils import translation

from engagement.core import markup
from tests.support.markup import PICTURES, elements

TABLE = "| Who | People |\n|---|---:|\n| Councils | 12 |\n"
NOTES = "One[^b], two[^a], one again[^b].\n\n[^a]: Second.\n[^b]: First.\n[^c]: Unused."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# Why\n\n## How", [("h2", "Why"), ("h3", "How")]),
        ("## Why\n\n### How", [("h2", "Why"), ("h3", "How")]),
        ("Why\n===\n\nHow\n---", [("h2", "Why"), ("h3", "How")]),
        ("#### Why", [("h2", "Why")]),
        (
            "# Why\n\n#### How\n\n## What",
            [("h2", "Why"), ("h3", "How"), ("h3", "What")],
        ),
    ],
)
def test_the_highest_heading_is_h2_and_no_level_is_passed_over(typed, shown):
    assert re.findall(r"<(h\d)[^>]*>(\w+)", markup.render(typed)) == shown


def test_headings_can_begin_lower():
    html = markup.render("# Why\n\n## How", level=3)
    assert html == "<h3>Why</h3>\n<h4>How</h4>"


def test_a_table_scrolls_by_itself_and_its_heads_are_heads():
    box, table = elements(markup.render(TABLE))[:2]
    assert (box.get("class"), box.get("tabindex")) == ("table-wrap", "0")
    assert (box.get("role"), box.get("aria-label")) == ("region", "Table")
    assert {head.get("scope") for head in table.iter("th")} == {"col"}
    assert [cell.get("class") for cell in table.iter("td")] == [None, "number"]


@pytest.mark.parametrize(
    "typed",
    [
        f"Table: Who *reads*\n\n{TABLE}",
        f"{TABLE}\nTabl: Who *reads*\n",
        f"Table: Who *reads*\n\n{TABLE}\nTable: left",
    ],
)
def test_a_table_has_its_caption(typed):
    html = markup.render(typed)
    assert "<table><caption>Who <em>reads</em></caption>" in html
    assert 'aria-label="Who reads"' in html
    assert html.count("Table:") == typed.count("Table: left")


def test_notes_are_numbered_as_the_text_comes_to_them():
    html = markup.render(NOTES, prefix="body-")
    found = elements(html)
    ids = [e.get("id") for e in found if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("body-") for name in ids)
    leads = [e.get("href") for e in found if e.tag == "a"]
    assert {lead.removeprefix("#") for lead in leads} <= set(ids)
    notes = ["".join(e.itertext()) for e in found if e.tag == "li"]
    assert notes == ["First. ↩ ↩", "Second. ↩", "Unused."]


def test_two_texts_on_one_page_keep_their_notes_apart():
    one, two = (markup.render(NOTES, prefix=prefix) for prefix in ("a-", "b-"))
    ids = [set(re.findall(r'id="([^"]+)"', html)) for html in (one, two)]
    assert not ids[0] & ids[1]


def test_the_way_back_is_labelled_in_the_language_of_the_reader():
    assert "Back to note 1 in the text, place 2" in markup.render(NOTES)
    with translation.override("cy"):
        html = markup.render(NOTES)
    assert "Back" not in html
    assert 'aria-label="Nodiadau"' in html


@pytest.mark.parametrize(
    "text", ["x[^1]\n\n[^1]:", "x[^1]", "[^1]: [^1]", "[^]\n\n[^]: x"]
)
def test_odd_notes_lose_nothing_and_break_nothing(text):
    for language in ("en", "cy"):
        with translation.override(language):
            assert markup.render(text)


def test_a_picture_alone_is_a_figure_with_its_own_description():
    html = markup.render("![What it says](picture:map)", PICTURES)
    assert html == (
        '<figure><img src="/media/map.png" alt="A map of Wales" width="1000"'
        ' height="500" loading="lazy">'
        "<figcaption>What it says</figcaption></figure>"
    )


def test_a_picture_without_a_caption_has_none():
    assert "figcaption" not in markup.render("![](picture:map)", PICTURES)


def test_a_picture_among_words_stays_among_them():
    html = markup.render("See ![this](picture:map) here", PICTURES)
    assert re.fullmatch("<p>See <span><img [^>]+></span> here</p>", html)
    assert 'alt="A map of Wales"' in html


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_picture_that_is_not_there_is_told(language):
    with translation.override(language):
        html = markup.render("![x](picture:nowhere)", PICTURES)
        words = {"en": "There is no picture called", "cy": "Does dim llun"}
        assert words[language] in html
    assert "nowhere" in html
    assert 'class="notice notice-warning"' in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "source", ["https://example.org/a.png", "/media/map.png", "map", "PICTURE:map"]
)
def test_of_any_other_picture_only_the_words_are_kept(source):
    html = markup.render(f"![A view]({source})", PICTURES)
    assert "<img" not in html
    assert "A view" in html
