"""What the form of an event asks, and what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.events.models import Event
from tests.factories import make_event, make_session, make_user
from tests.test_events_manage import WHOLE

pytestmark = pytest.mark.django_db
ONLINE = WHOLE | {
    "mode": "online",
    "join_url": "https://meet.example.org/abc",
    "join_note_en": "Code 123",
    "join_note_cy": "Cod 123",
    "languages": "cy",
    "interpretation": "on",
    "time_zone": "Europe/Paris",
    "registration_closes_at": "2030-07-03T18:00",
    "offer_hours": "24",
}


def save(client, fields, event=None):
    page = f"{event.slug}/edit/" if event else "new/"
    return client.post(f"/en/events/{page}", fields)


def publish(client, event):
    return client.post(f"/en/events/{event.slug}/publish/")


def test_everything_is_kept_and_shown_again(manager_client, manager):
    save(manager_client, ONLINE | {"organiser": manager.pk})
    event = Event.objects.get()
    assert event.starts_at == datetime(2030, 7, 4, 8, tzinfo=UTC)
    assert event.registration_closes_at == datetime(2030, 7, 3, 16, tzinfo=UTC)
    assert (event.mode, event.languages, event.offer_hours) == ("online", "cy", 24)
    assert event.interpretation
    assert event.organiser == manager
    page = manager_client.get(f"/en/events/{event.slug}/edit/").content.decode()
    assert 'value="2030-07-04T10:00"' in page
    assert 'value="2030-07-03T18:00"' in page
    assert '<option value="Europe/Paris" selected>' in page


def test_whoever_makes_it_organises_it_unless_they_say(client, manager_client, manager):
    page = manager_client.get("/en/events/new/").content.decode()
    assert f'<option value="{manager.pk}" selected>' in page
    event = make_event(published=True, organiser=manager)
    url = f"/en/events/{event.slug}/"
    assert manager.name in manager_client.get(url).content.decode()
    assert manager.name not in client.get(url).content.decode()


def test_the_usual_is_taken_where_nothing_is_said(manager_client):
    save(manager_client, WHOLE)
    event = Event.objects.get()
    assert (event.mode, event.languages) == ("venue", "both")
    assert (event.offer_hours, event.time_zone) == (48, "Europe/London")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ends_at": "2030-07-04T10:00"}, "The end must be after the start."),
        # An hour on the night of 31 March 2030 that no clock in Wales shows.
        (
            {"starts_at": "2030-03-31T01:30"},
            "There is no 31/03/2030 01:30 in this time zone",
        ),
        ({"ends_at": "2030-10-27T01:30"}, "27/10/2030 01:30 comes twice"),
        # The clocks in Paris skip another hour of that night.
        (
            {"time_zone": "Europe/Paris", "starts_at": "2030-03-31T02:30"},
            "There is no 31/03/2030 02:30",
        ),
        (
            {"registration_closes_at": "2030-07-04T10:01"},
            "Registration must close before the event starts.",
        ),
        ({"offer_hours": "0"}, "Enter a number of hours, such as 48."),
        ({"join_url": "javascript:alert(1)"}, "Enter a link like https://"),
        ({"time_zone": "Wales/Rhyl"}, "Wales/Rhyl"),
        ({"starts_at": "0001-01-01T00:00"}, "There is no 01/01/"),
    ],
)
def test_refuses_what_cannot_be(manager_client, fields, error):
    if fields.get("starts_at", "").startswith("0001"):
        fields = fields | {"time_zone": "Asia/Tokyo"}
    answer = save(manager_client, WHOLE | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Event.objects.exists()


def test_only_staff_organise(manager_client):
    member = make_user(Role.STEERING_MEMBER)
    answer = save(manager_client, WHOLE | {"organiser": member.pk})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"join_url": ""}, "Link to join online"),
        ({"join_note_cy": ""}, "How to join, in Welsh"),
        (
            {"kind": "presentation", "host_en": "Council"},
            "Whose meeting it is, in Welsh",
        ),
        ({"kind": "presentation"}, "Whose meeting it is, in English"),
    ],
)
def test_the_gate_names_what_is_missing(manager_client, fields, label):
    save(manager_client, ONLINE | fields)
    event = Event.objects.get()
    answer = publish(manager_client, event)
    assert answer.status_code == 422
    assert f"<li>{label}</li>" in answer.content.decode()


def test_publishing_notes_when(manager_client):
    save(manager_client, ONLINE)
    publish(manager_client, Event.objects.get())
    event = Event.objects.get()
    assert event.status == "published"
    assert timezone.now() - event.published_at < timedelta(minutes=1)


def test_the_public_page_shows_the_facts_and_no_link(client, manager_client):
    save(manager_client, ONLINE)
    event = Event.objects.get()
    publish(manager_client, event)
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "Thursday 4 July 2030, 10:00 to 12:00 (Paris time)" in page
    assert "Simultaneous interpretation is offered." in page
    assert "Wednesday 3 July 2030, 18:00" in page
    for url in (f"{event.slug}/", "", f"{event.slug}/register/"):
        shown = client.get(f"/en/events/{url}").content.decode()
        assert "meet.example.org" not in shown
        assert "Code 123" not in shown
    export = manager_client.get(f"/en/events/{event.slug}/export/").content.decode()
    assert "meet.example.org" not in export


def test_another_time_raises_the_sequence_and_takes_sessions_along(manager_client):
    """Over the change of the clocks: eleven o'clock stays eleven o'clock."""
    start = datetime(2030, 3, 29, 10, tzinfo=UTC)
    event = make_event(status="draft", starts_at=start)
    session = make_session(event=event, starts_at=start + timedelta(hours=1), hours=2)
    session.refresh_from_db()
    save(manager_client, WHOLE | {"starts_at": "2030-03-31T10:00"}, event)
    event.refresh_from_db()
    session.refresh_from_db()
    assert event.sequence == 1
    assert session.starts_at == datetime(2030, 3, 31, 10, tzinfo=UTC)
    save(
        manager_client,
        WHOLE | {"starts_at": "2030-03-31T10:00", "capacity": "9"},
        event,
    )
    event.refresh_from_db()
    assert (event.sequence, event.capacity) == (1, 9)
