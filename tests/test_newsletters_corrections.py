"""What is out is put right by a dated note; what was sent stays as it was."""

import pytest

from engagement.audit.models import Entry
from newsletters.models import Correction
from newsletters.services import corrections, rendering
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {"text_en": "1,896, not 1,986.", "text_cy": "1,896, nid 1,986."}


@pytest.fixture
def issue():
    newsletter = factories.make_newsletter(slug="wimd")
    return factories.send_out(factories.make_issue(newsletter=newsletter, articles=2))


@pytest.fixture
def article(issue):
    return issue.places.first().article


def url(thing, lang="en"):
    kind = "issues" if hasattr(thing, "newsletter") else "articles"
    return f"/{lang}/newsletters/corrections/{kind}/{thing.pk}/"


def test_a_note_is_on_the_page_in_the_archive_and_in_the_trail(
    client, manager, manager_client, issue
):
    answer = manager_client.post(url(issue), WORDS)
    assert answer.url == issue.get_absolute_url()
    page = client.get(issue.get_absolute_url()).content.decode()
    assert page.index("Correction, ") < page.index("1,896, not") < page.index("<h2")
    page = client.get(f"/cy/newsletters/wimd/{issue.slug}/").content.decode()
    assert "1,896, nid 1,986." in page
    assert "Corrected on" in client.get("/en/newsletters/wimd/").content.decode()
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor_id) == ("correction.added", manager.pk)
    assert "1,896" not in str(entry.detail)


def test_a_note_on_an_article_is_on_its_page_and_in_each_issue_it_was_sent_in(
    client, manager_client, issue, article
):
    manager_client.post(url(article), WORDS)
    later = factories.make_issue(newsletter=issue.newsletter)
    later.places.create(article=article, position=1)
    factories.send_out(later)
    for page, said in ((article, True), (issue, True), (later, False)):
        text = client.get(page.get_absolute_url()).content.decode()
        assert ("1,896, not 1,986." in text) is said, page
    archive = client.get("/en/newsletters/wimd/").content.decode()
    assert archive.count("Corrected on") == 1


@pytest.mark.parametrize("missing", ["text_en", "text_cy"])
def test_both_languages_are_needed(manager_client, issue, missing):
    answer = manager_client.post(url(issue), WORDS | {missing: "  "})
    assert answer.status_code == 422
    assert "Enter the correction in " in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_draft_is_changed_and_not_corrected(manager, manager_client):
    draft = factories.make_issue(articles=1)
    article = draft.places.first().article
    assert manager_client.post(url(draft), WORDS).status_code == 404
    assert manager_client.post(url(article), WORDS).status_code == 404
    for about in ({"issue": draft}, {"article": article}):
        with pytest.raises(corrections.NotOut):
            corrections.add(by=manager, **about, **WORDS)
    assert not Correction.objects.exists()


def test_what_was_sent_stays(manager, issue):
    document = factories.make_document(issue=issue)
    mail = rendering.render(issue, language="cy")
    corrections.add(by=manager, issue=issue, **WORDS)
    document.refresh_from_db()
    assert document.upload.read() == factories.PDF
    assert rendering.render(issue, language="cy") == mail


def test_markup_in_a_note_is_text(client, manager, issue):
    words = dict.fromkeys(WORDS, "<script>alert(1)</script>")
    corrections.add(by=manager, issue=issue, **words)
    for address in (issue.get_absolute_url(), "/en/newsletters/wimd/feed.atom"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_only_managers_are_led_there(client, manager_client, issue, article):
    for thing in (issue, article):
        address = thing.get_absolute_url()
        assert url(thing) not in client.get(address).content.decode()
        assert url(thing) in manager_client.get(address).content.decode()
