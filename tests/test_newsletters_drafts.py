"""A tester without an account reads the draft by the links of the test, for 14 days."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from newsletters.models import Issue
from newsletters.services import drafts, testing
from tests import factories
from tests.support import sample
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
DRAFT = re.compile(r"/(?:en|cy)/newsletters/drafts/[^/]+/read/(?:[\w-]+/)?")
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def issue():
    made = sample.make()
    made.newsletter.testers.set([factories.make_user(email="ann@example.org")])
    return made


@pytest.fixture
def mail(issue, deliver_mail):
    testers = list(issue.newsletter.testers.all())
    testing.send(by=None, issue=issue, testers=testers, language="en")
    return deliver_mail()[0]


@pytest.fixture
def links(mail):
    """Each once, in the order of the text part."""
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    found = list(dict.fromkeys(DRAFT.findall(text)))
    assert set(found) == set(DRAFT.findall(html))
    return found


def test_every_page_of_the_draft_opens_and_says_what_it_is(client, issue, links):
    articles = issue.places.count()
    assert len(links) == 2 * (articles + 1)
    for link in links:
        answer = client.get(link, headers=BROWSER)
        assert answer.status_code == 200, link
        page = answer.content.decode()
        says = "a test page of a draft" if "/en/" in link else "dudalen brawf o ddrafft"
        assert says in page
        assert '<meta name="robots" content="noindex">' in page
        assert 'rel="canonical"' not in page
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
        for src in re.findall(r'<img[^>]* src="([^"]+)"', page):
            assert client.get(src).status_code == 200, src
    assert not taken_hits().exists()


def test_nothing_in_the_mail_leads_to_what_only_managers_see(client, issue, mail):
    text = mail.get_body(("plain",)).get_content()
    for thing in (issue, *[place.article for place in issue.places.all()]):
        address = thing.get_absolute_url()
        assert client.get(address).status_code == 404
        assert address not in text


def test_the_issue_leads_on_to_its_articles_by_the_same_link(client, issue, links):
    issue_link = next(link for link in links if link.endswith("/read/"))
    page = client.get(issue_link).content.decode()
    found = set(re.findall(r'<h2><a href="([^"]+)"', page))
    assert found == {link for link in links if link.startswith(issue_link)} - {
        issue_link
    }


def test_it_runs_out_and_none_of_it_lasts_longer(client, links):
    for days, code in ((13, 200), (15, 404)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert {client.get(link).status_code for link in links} == {code}


def test_it_opens_no_other_article(client, issue, links):
    other = factories.make_issue(articles=1).places.get().article
    issue_link = next(link for link in links if link.endswith("/read/"))
    assert client.get(f"{issue_link}{other.slug}/").status_code == 404


def test_reading_is_all_it_is_good_for(client, links):
    assert {client.post(link).status_code for link in links} == {405}


def test_once_it_is_out_it_leads_to_the_page_and_still_counts_nothing(
    client, issue, links
):
    Issue.objects.update(state="finished")
    for link in links:
        answer = client.get(link, headers=BROWSER, follow=True)
        assert answer.redirect_chain, link
        assert answer.status_code == 200
    assert not taken_hits().exists()


def test_what_is_out_already_keeps_its_own_address(issue, settings):
    article = issue.places.first().article
    sent = factories.make_issue(newsletter=issue.newsletter, state="finished")
    sent.places.create(article=article, position=1)
    site = settings.SITE_URL
    text = f"{site}{article.get_absolute_url()} {site}{issue.get_absolute_url()}en.pdf"
    assert drafts.opened(text, issue) == text


def test_pages_ask_the_database_a_bounded_number_of_times(
    client, links, django_assert_max_num_queries
):
    for link in links[:2]:
        with django_assert_max_num_queries(7):
            client.get(link)
