from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from engagement.core import bilingual


def thing(en, cy):
    return SimpleNamespace(title_en=en, title_cy=cy, body_en=en, body_cy=cy)


def shown_on_page(tag, thing):
    return Template("{% " + tag + " %}").render(Context({"thing": thing}))


@pytest.mark.parametrize(
    ("lang", "en", "cy", "text", "really"),
    [
        ("en", "Yes", "Ie", "Yes", "en"),
        ("cy", "Yes", "Ie", "Ie", "cy"),
        ("cy", "Yes", "", "Yes", "en"),
        ("en", "", "Ie", "Ie", "cy"),
        ("cy", "", "", "", "cy"),
    ],
)
def test_shows_the_readers_language_or_says_which(lang, en, cy, text, really):
    with translation.override(lang):
        assert bilingual.shown(thing(en, cy), "title") == (text, really)


def test_can_be_asked_for_one_language():
    assert bilingual.shown(thing("Yes", "Ie"), "title", "cy").text == "Ie"


def test_a_page_marks_the_other_language():
    with translation.override("cy"):
        assert shown_on_page("bi thing 'title'", thing("Yes", "Ie")) == "Ie"
        only = shown_on_page("bi thing 'title'", thing("Yes", ""))
        assert only == '<span lang="en">Yes</span>'


def test_a_page_escapes_what_people_typed():
    for given in (thing("<b>&", "<b>&"), thing("", "<b>&")):
        assert "&lt;b&gt;&amp;" in shown_on_page("bi thing 'title'", given)


def test_longer_text_is_markdown_made_safe():
    html = shown_on_page("bi_markdown thing 'body'", thing("**x** <script>y", ""))
    assert "<strong>x</strong>" in html
    assert "<script" not in html
    assert 'lang="en"' in html


def test_names_what_is_missing_in_one_language():
    half = SimpleNamespace(title_en="Yes", title_cy=" ", body_en="", body_cy="Ie")
    assert bilingual.missing(half, "title", "body") == ["title_cy", "body_en"]
    assert bilingual.missing(thing("Yes", "Ie"), "title", "body") == []
    assert bilingual.missing(thing("", ""), "title", "body") == []


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_dates_are_written_as_in_wales(lang):
    template = Template("{{ day|date:'DATE_FORMAT' }}")
    with translation.override(lang):
        from datetime import date

        text = template.render(Context({"day": date(2026, 3, 1)}))
    assert text.startswith("1 ")
    assert text.endswith("2026")
