"""What is kept is what was approved, and issues from before Dolen are kept too."""

import logging
from io import BytesIO

import pypdf
import pytest
from celery import current_app

from engagement.core import demo as demos
from newsletters import demo
from newsletters.models import Document, Issue, Link, Picture
from newsletters.services import approvals, documents, scheduling
from newsletters.tasks import make_documents
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def issue(manager, study):
    newsletter = factories.make_newsletter(study=study)
    factories.make_subscription(newsletter=newsletter)
    issue = factories.make_issue(newsletter=newsletter, articles=2)
    factories.make_picture(article=issue.places.first().article)
    Link.objects.create(article=issue.places.first().article, ask=study)
    approvals.approve(by=factories.make_user(), issue=issue)
    return issue


@pytest.fixture
def article(issue):
    return issue.places.first().article


def words(lang="en"):
    with Document.objects.get(language=lang).upload.open("rb") as file:
        reader = pypdf.PdfReader(BytesIO(file.read()))
    return "".join(page.extract_text() for page in reader.pages)


def wakened():
    """The tasks in the queue, which is emptied."""
    found = []
    with current_app.connection_for_read() as connection:
        waiting = connection.SimpleQueue("celery")
        while True:
            try:
                message = waiting.get_nowait()
            except waiting.Empty:
                return found
            message.ack()
            found.append((message.headers["task"], message.payload[1]))


def test_sending_wakes_who_makes_them(
    issue, manager, django_capture_on_commit_callbacks
):
    wakened()
    with django_capture_on_commit_callbacks(execute=True):
        scheduling.send_now(by=manager, issue=issue)
    woken = {"issue_id": issue.pk}
    assert (make_documents.name, woken) in wakened()


def test_an_edit_in_between_is_not_in_them(issue, article, manager):
    scheduling.send_now(by=manager, issue=issue)
    type(article).objects.filter(pk=article.pk).update(
        title_en="Another title", body_en="Other words.", body_cy="Geiriau eraill."
    )
    make_documents(issue_id=issue.pk)
    assert Document.objects.count() == 2
    assert article.body_en in words()
    assert article.title_en in words()
    assert "Other words." not in words()
    assert article.body_cy in words("cy")
    article.refresh_from_db()
    assert article.body_en == "Other words.", "the page stays as it was mended"


def test_a_title_that_changed_in_between_is_not_in_them(issue, manager):
    scheduling.send_now(by=manager, issue=issue)
    Issue.objects.update(title_en="Another", intro_en="Another opening.")
    make_documents(issue_id=issue.pk)
    assert issue.title_en in words()
    assert "Another" not in words()


def retitle(article):
    type(article.study).objects.update(title_en="Renamed")


def other_picture(article):
    Picture.objects.update(alt_en="Something else")


@pytest.mark.parametrize("change", [retitle, other_picture])
def test_what_cannot_be_put_back_is_not_made_and_said(
    issue, article, manager, caplog, change
):
    scheduling.send_now(by=manager, issue=issue)
    change(article)
    with caplog.at_level(logging.ERROR):
        make_documents(issue_id=issue.pk)
    assert not Document.objects.exists()
    assert f"No documents of issue {issue.pk}" in caplog.text


def test_a_later_approval_of_what_goes_on_counts(issue, article, manager):
    scheduling.send_now(by=manager, issue=issue)
    other_picture(article)
    Issue.objects.update(state="paused")
    issue.refresh_from_db()
    approvals.approve(by=factories.make_user(), issue=issue)
    make_documents(issue_id=issue.pk)
    assert Document.objects.count() == 2


def test_an_issue_from_before_dolen_has_them_too(client, study):
    newsletter = factories.make_newsletter(study=study)
    old = factories.make_issue(
        newsletter=newsletter,
        articles=1,
        state="archived",
        date_note_en="February 2011",
    )
    documents.make_missing(old.pk)
    documents.make_missing(old.pk)
    assert Document.objects.count() == 2
    assert "February 2011" in words()
    page = client.get(old.get_absolute_url()).content.decode()
    assert "This issue as a document" in page
    assert "the issue was sent before Dolen" in page
    assert "stay as they were sent" not in page
    assert client.get(f"{old.get_absolute_url()}en.pdf").status_code == 200
    archive = client.get(newsletter.get_absolute_url()).content.decode()
    assert old.get_absolute_url() in archive
    feed = client.get(f"{newsletter.get_absolute_url()}feed.atom").content.decode()
    assert "/en.pdf" in feed


def test_a_draft_has_none(issue):
    documents.make_missing(issue.pk)
    assert not Document.objects.exists()


def test_the_demonstration_has_its_archive_made(django_capture_on_commit_callbacks):
    wakened()
    with django_capture_on_commit_callbacks(execute=True):
        for module in demos.modules():
            module.load()
    old = Issue.objects.get(state="archived")
    assert (make_documents.name, {"issue_id": old.pk}) in wakened()
    assert demo.load()
    assert wakened() == []
