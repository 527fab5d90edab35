"""The link to join online is for those who have a place, and for nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.core import tokens
from engagement.events.services import registrations
from engagement.mail.models import Message
from tests.factories import make_event

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/abc"


@pytest.fixture
def event():
    return make_event(
        status="published",
        starts_at=timezone.now() + timedelta(days=3),
        mode="both",
        join_url=LINK,
        join_note_en="Code **123**",
        join_note_cy="Cod **123**",
    )


@pytest.fixture
def registration(event):
    return registrations.register(
        by=None,
        event=event,
        language="en",
        name="Ann Example",
        email="ann@example.org",
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def shown(client, registration, lang="en"):
    token = tokens.make("registration", str(registration.pk))
    return client.get(f"/{lang}/events/registration/{token}/").content.decode()


def test_who_has_a_place_sees_it_and_is_mailed_it(client, registration):
    page = shown(client, registration)
    assert f'href="{LINK}"' in page
    assert "Code <strong>123</strong>" in page
    assert "Cod <strong>123</strong>" in shown(client, registration, "cy")
    mail = Message.objects.get(kind="registration_confirmed")
    for body in (mail.text, mail.html):
        assert LINK in body
    assert "Cod **123**" in mail.text


@pytest.mark.parametrize("state", ["waiting", "offered", "lapsed", "cancelled"])
def test_nobody_else_does(client, registration, state):
    now = timezone.now()
    registration.state = state
    registration.cancelled_at = now if state == "cancelled" else None
    registration.offered_until = now if state == "offered" else None
    registration.save()
    assert LINK not in shown(client, registration)


def test_a_cancelled_event_has_none(client, registration, event):
    type(event).objects.filter(pk=event.pk).update(status="cancelled")
    assert LINK not in shown(client, registration)


@pytest.mark.parametrize("page", ["", "{slug}/", "{slug}/register/"])
def test_the_public_pages_do_not_have_it(client, event, page):
    for lang in ("en", "cy"):
        url = f"/{lang}/events/{page.format(slug=event.slug)}"
        text = client.get(url).content.decode()
        assert event.title_en in text or event.title_cy in text
        assert LINK not in text
        assert "123" not in text


def test_the_export_does_not_have_it(manager_client, event, registration):
    export = manager_client.get(f"/en/events/{event.slug}/export/").content.decode()
    assert registration.reference in export
    assert LINK not in export


@pytest.mark.parametrize("page", ["", "{slug}/"])
def test_full_is_a_tag_of_its_own(client, event, page):
    type(event).objects.filter(pk=event.pk).update(capacity=1)
    url = f"/en/events/{page.format(slug=event.slug)}"
    assert "Open for registration" in client.get(url).content.decode()
    one = registrations.register(
        by=None,
        event=event,
        language="en",
        name="Ann",
        email="ann@example.org",
        organisation="",
        sector="public",
        wants_welsh=False,
    )
    text = client.get(url).content.decode()
    assert '<span class="tag tag-yellow">Full</span>' in text
    assert "Open for registration" not in text
    registrations.cancel(by=None, registration=one)
    assert "Open for registration" in client.get(url).content.decode()
