"""Where links lead, and what they say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.core import tokens
from newsletters.checking import link_texts, links, picked
from newsletters.models import Link
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db


def judged(address):
    """(code, level) of a link with this address, in both languages the same."""
    issue = issues.make(f"[The page]({address})", f"[Y dudalen]({address})")
    found = {(one.code, one.level) for one in issues.by(links.check, issue)}
    assert len(found) <= 1
    return found.pop() if found else None


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/cy/studies/",
        "/studies",
        "http://127.0.0.1:8000/en/studies/",
        "https://gov.wales/statistics",
        "mailto:team@example.org",
        "#below",
    ],
)
def test_good_links_pass(address):
    assert judged(address) is None


@pytest.mark.parametrize(
    ("address", "code", "level"),
    [
        ("/en/nowhere/at/all/", "links.broken", "block"),
        ("https:///nothing", "links.broken", "block"),
        ("https://intranet", "links.broken", "block"),
        ("mailto:nobody", "links.broken", "block"),
        ("ftp://example.org/a", "links.broken", "block"),
        ("javascript:alert(1)", "links.broken", "block"),
        ("https://[::1", "links.broken", "block"),
        ("http://localhost/a", "links.private", "block"),
        ("http://192.168.1.4/a", "links.private", "block"),
        ("https://10.0.0.1/", "links.private", "block"),
        ("https://user:word@example.org/", "links.private", "block"),
        ("https://wiki.internal/a", "links.private", "block"),
        ("/en/people/", "links.private", "block"),
        ("/en/newsletters/manage/", "links.private", "block"),
        ("/en/admin/", "links.private", "block"),
        ("https://x.sharepoint.com/a", "links.closed", "warn"),
        ("http://example.org/a", "links.http", "warn"),
    ],
)
def test_bad_links_do_not(address, code, level):
    assert judged(address) == (code, level)


def test_the_link_of_one_reader_is_not_for_all():
    token = tokens.make("unsubscribe", "a")
    assert judged(f"/en/newsletters/unsubscribe/{token}/")[0] == "links.personal"


@pytest.mark.parametrize("make", [factories.make_output, factories.make_event])
def test_what_is_not_published_is_not_linked(make):
    assert judged(make().get_absolute_url()) == ("links.unpublished", "block")
    assert judged(make(published=True).get_absolute_url()) is None


def test_a_file_of_a_draft_is_not_linked():
    draft = factories.make_file(output=factories.make_output())
    assert judged(f"/en/outputs/files/{draft.pk}/") == ("links.unpublished", "block")
    out = factories.make_file(output=factories.make_output(published=True))
    assert judged(f"/en/outputs/files/{out.pk}/") is None


def test_an_output_under_embargo_is_not_linked():
    planned = factories.make_output(status="planned")
    assert judged(planned.get_absolute_url()) == ("links.unpublished", "block")


def test_articles_of_this_issue_are_public_by_then_others_are_not():
    other = factories.make_article()
    assert judged(other.get_absolute_url())[0] == "links.unpublished"
    issue = issues.make()
    article = issue.places.get().article
    article.body_en = article.body_cy = (
        f"[A]({article.get_absolute_url()}) [B]({issue.get_absolute_url()})"
    )
    article.save()
    assert issues.by(links.check, issue) == []


class TestPicked:
    def found(self, **target):
        issue = issues.make()
        Link.objects.create(article=issue.places.get().article, **target)
        findings = issues.by(picked.check, issue)
        assert all(one.place.field == "links" for one in findings)
        return [(one.code, one.level) for one in findings]

    @pytest.mark.parametrize("status", ["draft", "planned", "proposed"])
    def test_an_output_that_is_not_out_blocks(self, status):
        output = factories.make_output(status=status)
        assert self.found(output=output) == [("links.unpublished", "block")]

    def test_what_is_out_passes(self):
        assert self.found(output=factories.make_output(published=True)) == []
        assert self.found(event=factories.make_event(published=True)) == []
        assert self.found(ask=factories.make_study()) == []

    def test_an_event_that_is_over_or_off_is_worth_a_look(self):
        over = factories.make_event(published=True, days_ahead=-1)
        off = factories.make_event(status="cancelled")
        assert self.found(event=over) == [("links.event", "warn")]
        assert self.found(event=off) == [("links.event", "warn")]
        assert self.found(event=factories.make_event())[0][1] == "block"

    def test_an_event_in_the_text_is_looked_up_too(self):
        event = factories.make_event(published=True)
        link = f"[It]({event.get_absolute_url()})"
        issue = issues.make(link, "Dim")
        assert issues.by(picked.check, issue) == []
        event.starts_at = timezone.now() - timedelta(days=2)
        event.save()
        assert [one.code for one in issues.by(picked.check, issue)] == ["links.event"]

    def test_the_same_thing_twice(self):
        issue = issues.make()
        study, article = factories.make_study(), issue.places.get().article
        for position in (0, 1):
            Link.objects.create(article=article, ask=study, position=position)
        assert [one.code for one in issues.by(picked.check, issue)] == ["links.twice"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[Click here](/en/)", "links.text"),
        ("[here](/en/)", "links.text"),
        ("[Cliciwch yma!](/cy/)", "links.text"),
        ("[](/en/)", "links.text"),
        ("<https://example.org/a>", "links.text"),
        ("See https://example.org/a now", "links.bare"),
        ("[The data](/en/) and [the data](/en/studies/)", "links.same_text"),
        ("[The data](/en/) and [the data](/en/)", None),
        ("[Data for small areas](/en/)", None),
        ("[team@example.org](mailto:team@example.org)", None),
    ],
)
def test_a_link_says_where_it_leads(text, code):
    found = issues.by(link_texts.check, issues.make(text, "Dim"))
    assert [one.code for one in found] == ([code] if code else [])
    assert all(one.level == "warn" for one in found)
