"""Held, not held, called off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.events.models import Event
from engagement.events.services import registrations
from engagement.mail.models import Message
from tests.factories import make_event

pytestmark = pytest.mark.django_db
REASON = {"reason_en": "The hall is closed.", "reason_cy": "Mae'r neuadd ar gau."}


@pytest.fixture
def event():
    return make_event(
        status="published", starts_at=timezone.now() + timedelta(days=3), capacity=None
    )


def take(event, email, language="en"):
    return registrations.register(
        by=None,
        event=event,
        language=language,
        name="Somebody",
        email=email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def test_calling_off_tells_the_registered_and_the_public(client, manager_client, event):
    take(event, "stays@example.org", language="cy")
    registrations.cancel(by=None, registration=take(event, "left@example.org"))
    url = f"/en/events/{event.slug}/cancel/"
    assert "Registrations: 1." in manager_client.get(url).content.decode()
    answer = manager_client.post(url, REASON)
    assert answer.status_code == 302
    (mail,) = Message.objects.filter(kind="event_cancelled")
    assert (mail.to, mail.language) == ("stays@example.org", "cy")
    assert "The hall is closed." in mail.text
    assert "Mae'r neuadd ar gau." in mail.text
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "The hall is closed." in page
    assert "Why it was cancelled" in page
    assert "/register/" not in page


def test_a_walk_in_without_an_address_is_no_obstacle(manager_client, event):
    registration = take(event, "came@example.org")
    type(registration).objects.filter(pk=registration.pk).update(email="")
    answer = manager_client.post(f"/en/events/{event.slug}/cancel/", REASON)
    assert answer.status_code == 302
    assert not Message.objects.filter(kind="event_cancelled").exists()


@pytest.mark.parametrize("action", ["cancel", "not-held"])
@pytest.mark.parametrize("without", ["reason_en", "reason_cy"])
def test_a_reason_is_given_in_both_languages(manager_client, action, without):
    status = "published" if action == "cancel" else "planned"
    event = make_event(status=status)
    answer = manager_client.post(
        f"/en/events/{event.slug}/{action}/", REASON | {without: "  "}
    )
    assert answer.status_code == 422
    assert "Give the reason in" in answer.content.decode()
    event.refresh_from_db()
    assert event.status == status


def test_what_failed_stays_on_record(client, manager_client):
    event = make_event(status="planned", starts_at=None, ends_at=None)
    manager_client.post(f"/en/events/{event.slug}/not-held/", REASON)
    page = client.get(f"/cy/events/{event.slug}/").content.decode()
    assert "Mae&#x27;r neuadd ar gau." in page or "Mae'r neuadd ar gau." in page
    assert event.title_en in client.get("/en/events/?section=3").content.decode()


def test_a_draft_that_came_to_nothing_is_a_record_too(client, manager_client):
    event = make_event(status="draft", title_cy="", description_en="Maps")
    url = f"/en/events/{event.slug}/not-held/"
    assert url in manager_client.get(f"/en/events/{event.slug}/").content.decode()
    answer = manager_client.post(url, REASON)
    assert answer.status_code == 422
    for label in ("title in Welsh", "what it is about, in Welsh"):
        assert f"This is missing: {label}." in answer.content.decode()
    Event.objects.update(title_cy="Mapiau", description_cy="Mapiau")
    manager_client.post(url, REASON)
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "The hall is closed." in page


def test_held_with_what_came_of_it(client, manager_client):
    event = make_event(status="planned", starts_at=None, ends_at=None)
    manager_client.post(
        f"/en/events/{event.slug}/hold/",
        {
            "outcome_en": "Agreed",
            "outcome_cy": "Cytunwyd",
            "attended_reported": "12",
        },
    )
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "Agreed" in page
    assert "12" in page


def test_held_starts_from_what_is_known(manager_client):
    event = make_event(status="ongoing", outcome_en="So far", outcome_cy="Hyd yma")
    page = manager_client.get(f"/en/events/{event.slug}/hold/").content.decode()
    assert "So far" in page
    assert "Hyd yma" in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (
            {"outcome_en": "Agreed"},
            "Write this in English and in Welsh, or in neither.",
        ),
        ({"attended_reported": "x"}, "Enter a whole number, such as 12."),
        ({"attended_reported": "-3"}, "0"),
        ({"outcome_en": "a\x00", "outcome_cy": "b"}, "Leave out characters"),
    ],
)
def test_held_refuses_bad_input(manager_client, fields, error):
    event = make_event(status="planned", starts_at=None, ends_at=None)
    answer = manager_client.post(f"/en/events/{event.slug}/hold/", fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    event.refresh_from_db()
    assert event.status == "planned"


def test_what_has_not_begun_was_not_held(manager_client, event):
    answer = manager_client.post(f"/en/events/{event.slug}/hold/", {})
    assert answer.status_code == 422
    assert "has not begun yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("held", "hold"),
        ("held", "cancel"),
        ("draft", "cancel"),
        ("published", "not-held"),
        ("cancelled", "hold"),
    ],
)
def test_moves_that_are_not_in_the_table(manager_client, status, action):
    event = make_event(
        status=status, starts_at=timezone.now() - timedelta(days=1), ends_at=None
    )
    answer = manager_client.post(f"/en/events/{event.slug}/{action}/", REASON)
    assert answer.status_code == 422
    assert "changed in the meantime" in answer.content.decode()
    assert Event.objects.get().status == status


def test_a_script_in_the_reason_is_shown_as_text(client, manager_client, event):
    take(event, "stays@example.org")
    script = "<script>alert(1)</script>"
    manager_client.post(
        f"/en/events/{event.slug}/cancel/", {"reason_en": script, "reason_cy": script}
    )
    assert script not in client.get(f"/en/events/{event.slug}/").content.decode()
    assert script not in Message.objects.get(kind="event_cancelled").html
