import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import markup

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<p style='position:fixed'>x</p>",
    "<style>body{display:none}</style>",
    "<form action=//evil.example><input name=password></form>",
    "<object data=x></object><embed src=x>",
    "<base href=//evil.example>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<b id=main name=main>x</b>",
    "![x](https://evil.example/pixel.gif)",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
HARMFUL = {"script", "style", "img", "svg", "iframe", "form", "input", "object", "base"}


class Seen(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def assert_harmless(html):
    seen = Seen(html)
    assert seen.tags <= markup.TAGS
    assert not seen.tags & HARMFUL
    for name, value in seen.attributes:
        assert name in {"href", "title", "scope", "lang", "rel"}, name
        if name == "href":
            scheme = (value or "").partition(":")[0].lower() if ":" in value else ""
            before_path = scheme.partition("/")[0].partition("?")[0].partition("#")[0]
            assert scheme != before_path or scheme in {"", "http", "https", "mailto"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_no_harm(text):
    assert_harmless(markup.render(text))


@given(st.lists(st.sampled_from([*HOSTILE, "\n\n", "> ", "* ", "`", "a"]), max_size=6))
@settings(max_examples=60, deadline=None)
def test_nor_does_any_mixture_of_it(parts):
    assert_harmless(markup.render("".join(parts)))


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_nor_does_any_text(text):
    assert_harmless(markup.render(text))


def test_keeps_what_writers_need():
    html = markup.render(
        "# Title\n\nSome **bold** and [a link](https://example.org/?a=1&b=2).\n\n"
        "* one\n* two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    assert "<h2>Title</h2>" in html
    assert "<strong>bold</strong>" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert "<li>two</li>" in html
    assert "<td>2</td>" in html


def test_headings_stay_below_that_of_the_page():
    assert "<h1" not in markup.render("# One\n\nTwo\n===\n\n<h1>Three</h1>")


def test_links_within_the_site_are_kept():
    assert 'href="/en/studies/"' in markup.render("[studies](/en/studies/)")


def test_a_link_does_not_hand_over_the_window():
    assert 'rel="noopener"' in markup.render("[x](https://example.org)")


@pytest.mark.parametrize(
    "typed", ["# Why\n\n## How", "## Why\n\n### How", "Why\n===\n\nHow\n---"]
)
def test_the_highest_heading_is_h2_and_no_level_is_passed_over(typed):
    html = markup.render(typed)
    assert re.findall(r"<(h\d)[^>]*>(\w+)", html) == [("h2", "Why"), ("h3", "How")]
