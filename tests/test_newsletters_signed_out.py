"""Without a script too, a form that is sent after the session was lost loses nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from engagement.accounts import tasks
from engagement.accounts.models import Role
from engagement.core import limits
from newsletters.models import Article, Unsaved
from newsletters.services import saving
from newsletters.views import signed_out
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"
NOTICE = "Your words were kept: save them."
TYPED = "Two hours of work ŵ 🏴"


@pytest.fixture
def issue():
    return factories.make_issue(articles=1)


@pytest.fixture
def article(issue):
    return issue.places.get().article


@pytest.fixture
def ann():
    return factories.make_user(Role.MANAGER, password=PASSWORD)


@pytest.fixture
def browser():
    """One that is held to tokens against forgery, as a real one is."""
    return Client(enforce_csrf_checks=True)


def path(issue, article, lang="en"):
    return f"/{lang}/newsletters/issues/{issue.pk}/articles/{article.pk}/"


def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def sign_in(browser, user, address):
    """Through the page that one is led to."""
    page = browser.get(address).content.decode()
    going = re.search(r'name="next" value="([^"]+)"', page)
    fields = {"login": user.email, "password": PASSWORD, "next": going and going[1]}
    fields["csrfmiddlewaretoken"] = token(page)
    return browser.post("/en/account/sign-in/", fields, follow=True)


def words(article, **changes):
    return {
        "seen": saving.version(article),
        "title_en": article.title_en,
        "title_cy": article.title_cy,
        "summary_en": article.summary_en,
        "body_en": TYPED,
        **changes,
    }


@pytest.fixture
def lost(browser, ann, issue, article):
    """The form was open, the session ended, the form was sent: the answer."""
    sign_in(browser, ann, f"/en/account/sign-in/?next={path(issue, article)}")
    form = browser.get(path(issue, article)).content.decode()
    del browser.cookies["sessionid"]
    return send(browser, issue, article, token(form))


def send(browser, issue, article, sent_token, **changes):
    fields = words(article, **changes) | {"csrfmiddlewaretoken": sent_token}
    return browser.post(path(issue, article), fields)


def test_they_are_there_after_signing_in_and_can_be_saved(
    browser, ann, issue, article, lost
):
    assert lost.status_code == 302
    assert lost.url.endswith(f"/account/sign-in/?next={path(issue, article)}")
    assert "kept for an hour" in browser.get(lost.url).content.decode()
    page = sign_in(browser, ann, lost.url).content.decode()
    assert NOTICE in page
    assert f"{TYPED}</textarea>" in page
    assert browser.session.get_expire_at_browser_close()
    article.refresh_from_db()
    assert article.body_en != TYPED, "shown, not saved"
    send(browser, issue, article, token(page))
    article.refresh_from_db()
    assert article.body_en == TYPED
    assert NOTICE not in browser.get(path(issue, article)).content.decode()


def test_looking_again_and_in_welsh_they_are_there_still(
    browser, ann, issue, article, lost
):
    sign_in(browser, ann, lost.url)
    page = browser.get(path(issue, article)).content.decode()
    assert NOTICE in page
    page = browser.get(path(issue, article, "cy")).content.decode()
    assert f"{TYPED}</textarea>" in page
    assert not Unsaved.objects.exists()


def test_they_are_of_that_page_alone(browser, ann, issue, article, lost):
    sign_in(browser, ann, lost.url)
    page = browser.get(f"/en/newsletters/issues/{issue.pk}/").content.decode()
    assert NOTICE not in page


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    browser, ann, issue, article, lost
):
    old = token(sign_in(browser, ann, lost.url).content.decode())
    seen = saving.version(article)
    article.save()
    answer = send(browser, issue, article, old, seen=seen)
    assert answer.status_code == 422
    assert "Nothing is overwritten" in answer.content.decode()
    assert Unsaved.objects.get().fields["body_en"] == TYPED
    assert signed_out.KEY not in browser.session


def test_what_a_script_kept_later_counts_more(browser, ann, issue, article, lost):
    fields = {"body_en": "Later words"}
    factories.make_unsaved(user=ann, target_id=article.pk, seen="x", fields=fields)
    page = sign_in(browser, ann, lost.url).content.decode()
    assert "Later words</textarea>" in page
    assert NOTICE not in page


def test_thrown_away_they_are_gone(browser, ann, issue, article, lost):
    page = sign_in(browser, ann, lost.url).content.decode()
    browser.post(
        f"/en/newsletters/unsaved/article/{article.pk}/discard/",
        {"issue": issue.pk, "csrfmiddlewaretoken": token(page)},
    )
    assert TYPED not in browser.get(path(issue, article)).content.decode()


def test_who_may_not_edit_gets_a_403_and_none_of_them(browser, issue, article, lost):
    member = factories.make_user(Role.STEERING_MEMBER, password=PASSWORD)
    answer = sign_in(browser, member, lost.url)
    assert answer.status_code == 403
    assert TYPED not in answer.content.decode()
    assert signed_out.KEY not in browser.session


def test_after_an_hour_they_are_gone(browser, ann, issue, article, lost):
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert NOTICE not in sign_in(browser, ann, lost.url).content.decode()
        Session.objects.create(
            session_key="old", expire_date=timezone.now() - timedelta(minutes=1)
        )
        tasks.clear_sessions()
    assert not Session.objects.filter(session_key="old").exists()
    assert not any(
        signed_out.KEY in session.get_decoded() for session in Session.objects.all()
    )


def test_a_form_without_its_token_is_refused_and_keeps_nothing(browser, issue, article):
    for sent in ("", "a" * 64):
        answer = send(browser, issue, article, sent)
        assert answer.status_code == 403
        assert "open too long" in answer.content.decode()
    assert not Session.objects.exists()
    assert not Article.objects.filter(body_en=TYPED).exists()


def test_too_much_is_not_kept_and_that_is_said(client, issue, article):
    long = "a" * (signed_out.LONGEST + 1)
    answer = client.post(path(issue, article), words(article, body_en=long))
    assert "could not be kept" in client.get(answer.url).content.decode()
    assert signed_out.KEY not in client.session


def test_nor_more_often_than_somebody_types(client, issue, article):
    for _time in range(signed_out.PER_CLIENT):
        limits.within("signed-out", "127.0.0.1", signed_out.PER_CLIENT)
    answer = client.post(path(issue, article), words(article))
    assert "could not be kept" in client.get(answer.url).content.decode()


def test_an_empty_form_makes_no_session(client, issue, article):
    client.post(path(issue, article), {"title_en": " "})
    assert not Session.objects.exists()


@pytest.mark.parametrize("page", ["issue", "new_article", "new_issue"])
def test_the_other_forms_too(browser, ann, issue, page):
    slug = issue.newsletter.slug
    address = {
        "issue": f"/en/newsletters/issues/{issue.pk}/",
        "new_article": f"/en/newsletters/issues/{issue.pk}/articles/new/",
        "new_issue": f"/en/newsletters/manage/{slug}/new/",
    }[page]
    form = browser.get("/en/account/sign-in/").content.decode()
    fields = {"title_en": "Typed ŵ", "csrfmiddlewaretoken": token(form)}
    answer = browser.post(address, fields)
    shown = sign_in(browser, ann, answer.url).content.decode()
    assert NOTICE in shown
    assert 'value="Typed ŵ"' in shown
