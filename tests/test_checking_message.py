"""The message as a whole: weight, subject, text part; headings and colour."""

import pytest

from newsletters.checking import colours, headings, loading, message
from newsletters.services.rendering import Rendered
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db


def told(check, issue):
    return [(one.code, one.level) for one in issues.by(check, issue)]


def test_an_issue_without_articles_blocks():
    issue = factories.make_issue()
    assert ("issue.empty", "block") in told(message.check, issue)


def test_a_heavy_message_blocks():
    light = issues.make("word " * 9_000, "gair " * 9_000, field="summary")
    assert told(message.check, light) == []
    heavy = issues.make("word " * 12_000, "gair " * 12_000, field="summary")
    assert told(message.check, heavy) == [("mail.size", "block")]


def test_what_has_been_rendered_already_is_what_is_weighed():
    ready = Rendered("Subject", "word " * 30, "x" * (message.MOST_BYTES + 1))
    loaded = loading.load(issues.make(), ready)
    assert [one.code for one in message.check(loaded)] == ["mail.size"]


def test_a_long_subject_is_worth_a_look():
    issue = issues.make()
    issue.title_cy = "a" * 71
    issue.save()
    assert told(message.check, issue) == [("mail.subject", "warn")]
    issue.title_en = "a" * 70
    issue.save()
    [one, both] = issues.by(message.check, issue)
    assert (one.place.language, both.place.language) == ("cy", "")


def test_an_article_without_a_text_blocks():
    assert told(message.check, issues.make("", "")) == [("text.empty", "block")]


def test_a_summary_of_pictures_says_nothing_in_plain_text():
    only = "![Map](picture:map)"
    issue = issues.make(only, only, field="summary", body_en="Text", body_cy="Testun")
    assert told(message.check, issue) == [("text.pictures_only", "block")] * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("## A\n\n### B\n\n## C", None),
        ("# A\n\n## B", None),
        ("## A\n\n#### B", "headings.order"),
        ("### A", "headings.order"),
        ("## A\n\n##\n\nx", "headings.empty"),
    ],
)
def test_headings_go_down_one_by_one(text, code):
    found = told(headings.check, issues.make(text, "Dim"))
    assert found == ([(code, "warn")] if code else [])


@pytest.mark.parametrize(
    ("colour", "ok"), [("#17456b", True), ("#767676", True), ("#777777", False)]
)
def test_white_words_on_the_colour_can_be_read(colour, ok):
    issue = issues.make(newsletter=factories.make_newsletter(colour=colour))
    assert told(colours.check, issue) == ([] if ok else [("colour", "block")])


def test_contrast_is_reckoned_as_wcag_does():
    assert round(colours.contrast_with_white("#000000"), 2) == 21
    assert round(colours.contrast_with_white("#ffffff"), 2) == 1
    assert round(colours.contrast_with_white("#767676"), 2) == 4.54
