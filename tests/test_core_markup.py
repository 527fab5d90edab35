import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import markup
from engagement.core.markup import mailing, web
from tests.support import hostile
from tests.support.markup import PICTURES, assert_harmless

PIECES = ["\n\n", "> ", "* ", "`", "a", "| a | b |\n|---|---|\n", "[^1]", "\n[^1]: x"]
MIXED = st.lists(st.sampled_from([*hostile.ALL, *PIECES]), max_size=6).map("".join)
SIGNS = st.text(st.sampled_from("ab \n*_`[]()!<>&;:|^~#-+=1.\\\"'/\t\x02\x03\x00é"))
SITE = "http://127.0.0.1:8000"


def harmless_on_a_page(text):
    html = markup.render(text, PICTURES, "x-")
    # A chart has parts that no text can hold: these are tested with the charts.
    attributes = web.ATTRIBUTES | {
        "table": {"class"},
        "figure": {"class"},
        "caption": {"class"},
        "thead": {"class"},
    }
    assert_harmless(html, markup.TAGS, attributes, {"/media/map.png"})
    return html


def harmless_in_a_mail(text):
    html = markup.mail(text, PICTURES, "/charts/{}.png".format)
    drawn = {f"{SITE}/charts/{number}.png" for number in range(9)}
    sources = {f"{SITE}/media/map.png", "/media/map.png", *drawn}
    assert_harmless(html, mailing.TAGS, mailing.ATTRIBUTES, sources)


@pytest.mark.parametrize("text", hostile.ALL)
def test_hostile_text_does_no_harm(text):
    harmless_on_a_page(text)
    harmless_in_a_mail(text)


@pytest.mark.slow
@given(MIXED)
@settings(max_examples=150, deadline=None)
def test_nor_does_any_mixture_of_it(text):
    html = harmless_on_a_page(text)
    harmless_in_a_mail(text)
    if "<svg" not in html:
        assert markup.clean(html) == html


@pytest.mark.slow
@given(st.text(max_size=300) | SIGNS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_rendered_and_what_is_clean_stays_as_it_is(text):
    html = harmless_on_a_page(text)
    assert markup.clean(html) == html
    harmless_in_a_mail(text)
    assert isinstance(markup.text(text), str)


@pytest.mark.parametrize("text", hostile.ALL)
def test_the_same_text_gives_the_same_bytes(text):
    assert markup.render(text, PICTURES) == markup.render(text, PICTURES)
    assert markup.mail(text, PICTURES) == markup.mail(text, PICTURES)
    assert markup.text(text, PICTURES) == markup.text(text, PICTURES)


def test_halves_of_letters_are_left_out():
    assert markup.render("a\ud800b") == "<p>ab</p>"


def test_tags_are_words():
    assert markup.render("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert markup.text("<b>x</b>") == "<b>x</b>"


def test_small_pieces_that_markdown_has_no_sign_for():
    html = markup.render('CO<sub>2</sub> m<sup>2</sup><br><span lang="cy">Dŵr</span>')
    assert html == ('<p>CO<sub>2</sub> m<sup>2</sup><br><span lang="cy">Dŵr</span></p>')


@pytest.mark.parametrize("typed", ["&amp;lt;", "&#38;lt;", "`&lt;`", "`` &amp;lt; ``"])
def test_nothing_is_unescaped_twice(typed):
    assert "<" not in markup.text(typed)


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


def test_an_address_of_mail_can_be_read():
    html = markup.render("<ann@example.org>")
    assert 'href="mailto:ann@example.org"' in html
    assert ">ann@example.org</a>" in html
