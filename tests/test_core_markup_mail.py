"""What a text becomes in the HTML of a mail."""

from types import SimpleNamespace

from django.utils import translation

from engagement.core import markup
from tests.support.markup import PICTURES, elements

SITE = "http://127.0.0.1:8000"


def test_addresses_are_whole():
    html = markup.mail("[a](/en/studies/) [b](https://example.org) [c](mailto:a@b.cy)")
    found = [e.get("href") for e in elements(html) if e.tag == "a"]
    assert found == [f"{SITE}/en/studies/", "https://example.org", "mailto:a@b.cy"]


def test_a_picture_fits_and_has_a_whole_address():
    html = markup.mail("![Caption](picture:map)", PICTURES)
    image = next(e for e in elements(html) if e.tag == "img")
    assert image.attrib == {
        "src": f"{SITE}/media/map.png",
        "alt": "A map of Wales",
        "width": "560",
        "height": "280",
    }
    assert "<em>Caption</em>" in html


def test_a_small_picture_keeps_its_size():
    small = SimpleNamespace(url="cid:logo", alt="", width=80, height=40)
    html = markup.mail("![](picture:logo)", {"logo": small})
    assert html == ('<div><img src="cid:logo" alt="" width="80" height="40"></div>')


def test_there_is_nothing_that_mail_programs_do_not_know():
    text = (
        "x[^1] `code`\n\n![C](picture:map)\n\nTable: T\n\n|a|b|\n|-|-:|\n|c|d|\n\n"
        "*[x]: long\n\n[^1]: note\n"
    )
    html = markup.mail(text, PICTURES)
    tags = {e.tag for e in elements(html)}
    unknown = {"figure", "figcaption", "section", "svg", "caption", "abbr"}
    assert not tags & unknown
    names = {name for e in elements(html) for name in e.attrib}
    assert not names & {"id", "class", "role", "tabindex", "loading", "style"}


def test_a_table_has_lines_heads_and_its_caption_above():
    html = markup.mail("Table: Who\n\n|a|b|\n|-|-:|\n|c|d|")
    found = elements(html)
    assert [e.tag for e in found[:4]] == ["div", "p", "strong", "table"]
    assert found[2].text == "Who"
    assert found[3].attrib == {"border": "1", "cellpadding": "6", "cellspacing": "0"}
    assert [e.get("align") for e in found if e.tag == "td"] == [None, "right"]


def test_notes_follow_and_need_no_links():
    html = markup.mail("x[^1]\n\n[^1]: The note.")
    assert "x<sup>[1]</sup>" in html
    assert "<p><strong>Notes</strong></p><ol><li><p>The note.</p></li></ol>" in html
    assert "<a" not in html


def test_our_words_are_in_the_language_in_force():
    with translation.override("cy"):
        html = markup.mail("x[^1]\n\n[^1]: Y nodyn.")
    assert "<strong>Nodiadau</strong>" in html


def test_headings_can_begin_lower():
    assert markup.mail("# Why\n\n## How", level=3) == "<h3>Why</h3>\n<h4>How</h4>"
