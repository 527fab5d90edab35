"""Signing up: confirmed by a link, and telling strangers nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.mail.models import Message
from engagement.people.models import Consent, Person
from newsletters.models import Subscription
from tests import factories

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Ann ap Ŵyn",
    "email": "Ann@example.org",
    "language": "cy",
    "sector": "academic",
    "function": "research",
}


@pytest.fixture
def newsletter():
    return factories.make_newsletter(slug="wimd")


def ask(client, lang="en", **fields):
    return client.post(f"/{lang}/newsletters/wimd/subscribe/", GOOD | fields)


def link(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://[^/]+(/\S+/newsletters/confirm/\S+)", text)[1]


def test_a_link_confirms_and_the_wording_is_kept(client, newsletter, deliver_mail):
    assert "Look in your mail" in ask(client).content.decode()
    (mail,) = deliver_mail()
    assert not Subscription.objects.in_force().exists()
    page = client.get(link(mail))
    assert page.status_code == 200
    assert not Subscription.objects.in_force().exists(), "following a link did it"
    done = client.post(link(mail)).content.decode()
    assert "Rydych" in done or "You are subscribed" in done
    subscription = Subscription.objects.in_force().get()
    assert subscription.person.email == "ann@example.org"
    consent = Consent.objects.get()
    assert (consent.action, consent.source) == ("given", "form")
    assert (
        newsletter.title_cy in consent.wording or newsletter.title_en in consent.wording
    )


def test_confirming_twice_gives_one_consent(client, newsletter, deliver_mail):
    ask(client)
    (mail,) = deliver_mail()
    for _ in range(2):
        assert client.post(link(mail)).status_code == 200
    assert Consent.objects.count() == 1


def test_a_known_address_looks_the_same_and_is_told_by_mail(client, newsletter):
    new = ask(client, email="new@example.org")
    person = factories.make_person(email="ann@example.org")
    factories.make_subscription(newsletter=newsletter, person=person)
    known = ask(client)
    assert known.content == new.content
    assert Message.objects.get(to="ann@example.org").kind == "subscription_known"
    assert Subscription.objects.filter(person=person).count() == 1


def test_a_stranger_changes_nothing_about_a_person(client, newsletter):
    factories.make_person(email="ann@example.org", name="Ann", language="en")
    ask(client, name="Mallory")
    person = Person.objects.get(email="ann@example.org")
    assert (person.name, person.language) == ("Ann", "en")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": ""}, "Enter your name."),
        ({"email": "nonsense"}, "Enter an e-mail address like name@example.org."),
        ({"sector": ""}, "Choose a kind of organisation."),
        ({"language": "fr"}, "fr is not one of the available choices."),
        ({"name": "a\x00b"}, "Leave out characters that cannot be shown."),
    ],
)
def test_bad_input_is_named(client, newsletter, fields, error):
    page = ask(client, **fields)
    assert page.status_code == 422
    assert error in page.content.decode()
    assert not Message.objects.exists()


def test_markup_in_the_name_is_text(client, newsletter):
    page = ask(client, name="<script>alert(1)</script>", email="").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_too_often_is_refused(client, newsletter, own_clock):
    answers = [ask(client).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert ask(client).status_code == 200


def test_an_old_or_altered_link_says_so(client, newsletter, deliver_mail):
    ask(client)
    (mail,) = deliver_mail()
    assert client.get(link(mail)[:-2] + "x/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        page = client.post(link(mail))
        assert page.status_code == 404
    assert not Subscription.objects.in_force().exists()


def test_no_such_newsletter(client, db):
    assert client.get("/en/newsletters/none/subscribe/").status_code == 404


def test_speaks_welsh(client, newsletter):
    page = ask(client, lang="cy", name="").content.decode()
    assert "Mae problem" in page
    assert "Rhowch eich enw" in page
