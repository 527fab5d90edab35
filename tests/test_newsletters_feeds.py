"""Atom (RFC 4287), as a reader that is not ours takes it."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest

from newsletters.services import articles, corrections, saving
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
OF_NEWSLETTER, OF_STUDY = "newsletters/wimd/feed.atom", "studies/wimd/feed.atom"


@pytest.fixture
def newsletter(study):
    return factories.make_newsletter(slug="wimd", study=study)


@pytest.fixture
def issue(newsletter):
    issue = factories.make_issue(
        newsletter=newsletter, articles=2, title_en="Dŵr & <thŷ>", intro_en="**First**"
    )
    factories.make_document(issue=issue, language="cy")
    return factories.send_out(issue, frozen_at=SENT)


def feed(client, path, lang="en"):
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return read, ElementTree.fromstring(answer.content)  # noqa: S314 - our own


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("path", [OF_NEWSLETTER, OF_STUDY])
def test_has_all_that_the_standard_requires(client, issue, path, lang):
    read, root = feed(client, path, lang)
    assert read.version == "atom10"
    assert root.get(f"{XML}lang") == lang
    own = f"http://127.0.0.1:8000/{lang}/{path}"
    links = {(each.rel, each.get("hreflang")): each.href for each in read.feed.links}
    assert links["self", None] == read.feed.id == own
    assert links["alternate", {"en": "cy", "cy": "en"}[lang]] != own
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert element.findall(ATOM + "link[@rel='alternate']")
    assert root.find(f"{ATOM}author/{ATOM}name").text
    ids = [entry.id for entry in read.entries]
    assert len(set(ids)) == len(ids) > 0
    assert all(entry.summary for entry in read.entries)
    assert all(
        entry.updated.endswith("Z") or "+" in entry.updated for entry in read.entries
    )


def test_an_issue_with_its_articles_and_its_document(client, issue):
    read, _root = feed(client, OF_NEWSLETTER)
    (entry,) = read.entries
    assert entry.title == "Dŵr & <thŷ>"
    assert entry.link == f"http://127.0.0.1:8000{issue.get_absolute_url()}"
    assert entry.published == entry.updated == "2026-03-01T09:00:00+00:00"
    assert "<strong>First</strong>" in entry.summary
    for place in issue.places.select_related("article"):
        assert f'href="http://127.0.0.1:8000{place.article.get_absolute_url()}' in (
            entry.summary
        )
    assert not [each for each in entry.links if each.rel == "enclosure"]
    (entry,) = feed(client, OF_NEWSLETTER, "cy")[0].entries
    (document,) = [each for each in entry.links if each.rel == "enclosure"]
    assert document.href.endswith("/cy.pdf")
    assert document.length == str(len(factories.PDF))


def test_drafts_and_others_are_left_out(client, newsletter, issue):
    factories.make_issue(newsletter=newsletter, articles=1, title_en="Draft")
    factories.send_out(factories.make_issue(articles=1, title_en="Elsewhere"))
    assert [e.title for e in feed(client, OF_NEWSLETTER)[0].entries] == ["Dŵr & <thŷ>"]
    assert len(feed(client, OF_STUDY)[0].entries) == 2


def test_an_article_is_in_the_feed_once_however_often_it_was_sent(client, issue):
    article = issue.places.first().article
    later = factories.make_issue(newsletter=issue.newsletter)
    later.places.create(article=article, position=1)
    factories.send_out(later)
    entries = {e.id: e for e in feed(client, OF_STUDY)[0].entries}
    assert len(entries) == 2
    own = f"http://127.0.0.1:8000{article.get_absolute_url()}"
    assert entries[own].published == "2026-03-01T09:00:00+00:00"


def test_a_correction_and_a_change_move_the_time(client, manager, issue):
    article = issue.places.first().article
    corrections.add(by=manager, article=article, text_en="Right.", text_cy="Cywir.")
    (entry,) = feed(client, OF_NEWSLETTER)[0].entries
    assert entry.published < entry.updated
    assert "Right." in entry.summary
    before = feed(client, OF_STUDY)[0].feed.updated
    seen = saving.version(article)
    fields = {"summary_en": "New."}
    articles.update(by=manager, article=article, fields=fields, seen=seen)
    article.refresh_from_db()
    type(article).objects.filter(pk=article.pk).update(
        updated_at=article.updated_at + timedelta(hours=1)
    )
    assert feed(client, OF_STUDY)[0].feed.updated > before


@pytest.mark.parametrize("path", [OF_NEWSLETTER, OF_STUDY])
def test_what_has_not_changed_is_not_sent_again(client, manager, issue, path):
    first = client.get(f"/en/{path}")
    for sent, known in (
        ("If-None-Match", "ETag"),
        ("If-Modified-Since", "Last-Modified"),
    ):
        again = client.get(f"/en/{path}", headers={sent: first[known]})
        assert (again.status_code, again.content) == (304, b"")
    words = {"text_en": "Right.", "text_cy": "Cywir."}
    corrections.add(by=manager, article=issue.places.first().article, **words)
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(f"/en/{path}", headers=headers).status_code == 200


@pytest.mark.parametrize("path", [OF_NEWSLETTER, OF_STUDY])
def test_an_empty_one_is_the_same_each_time(client, newsletter, path):
    read, _root = feed(client, path)
    assert read.entries == []
    assert client.get(f"/en/{path}")["ETag"] == client.get(f"/en/{path}")["ETag"]
    assert client.get("/en/newsletters/none/feed.atom").status_code == 404
    assert client.get("/en/studies/none/feed.atom").status_code == 404


def test_pages_name_their_feeds(client, issue):
    article = issue.places.first().article
    link = 'type="application/atom+xml" title="Newsletter'
    for address in (
        "/en/newsletters/",
        "/en/newsletters/wimd/",
        *(thing.get_absolute_url() for thing in (issue, article)),
    ):
        page = client.get(address).content.decode()
        assert f'<link rel="alternate" {link}' in page, address
        assert f'href="/en/{OF_NEWSLETTER}"' in page
    assert f'href="/cy/{OF_STUDY}"' in client.get("/cy/studies/wimd/").content.decode()


@pytest.mark.parametrize("path", [OF_NEWSLETTER, OF_STUDY])
def test_the_questions_do_not_grow(
    client, newsletter, path, django_assert_max_num_queries
):
    for _number in range(5):
        factories.send_out(factories.make_issue(newsletter=newsletter, articles=4))
    with django_assert_max_num_queries(8):
        client.get(f"/en/{path}")
