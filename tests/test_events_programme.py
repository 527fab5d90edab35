"""Sessions with places of their own, and speakers."""

from datetime import UTC, datetime, timedelta

import pytest

from engagement.audit.models import Entry
from engagement.events.models import SessionPlace
from engagement.events.services import registrations
from engagement.mail.models import Message
from tests.factories import make_event, make_organisation, make_session, make_speaker

pytestmark = pytest.mark.django_db
START = datetime(2030, 7, 4, 9, tzinfo=UTC)
SESSION = {
    "title_en": "Maps",
    "title_cy": "Mapiau",
    "starts_at": "2030-07-04T10:30",
    "ends_at": "2030-07-04T11:30",
    "room_en": "Blue room",
    "room_cy": "Ystafell las",
    "capacity": "12",
}
SPEAKER = {"name": "Eleri Rees", "role_en": "Analyst", "role_cy": "Dadansoddwr"}


@pytest.fixture
def event():
    return make_event(
        status="published", starts_at=START, ends_at=START + timedelta(hours=3)
    )


def url(event, page="", lang="en"):
    return f"/{lang}/events/{event.slug}/programme/{page}"


def choose(session, email="a@example.org"):
    registration = registrations.register(
        by=None,
        event=session.event,
        language="en",
        name="Ann",
        email=email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )
    SessionPlace.objects.create(session=session, registration=registration)
    return registration


def test_from_an_empty_programme_to_the_public_page(client, manager_client, event):
    page = manager_client.get(url(event)).content.decode()
    assert "This event has no sessions." in page
    assert "No speaker is named." in page
    assert "Programme" not in client.get(f"/en/events/{event.slug}/").content.decode()
    assert manager_client.post(url(event, "session/"), SESSION).status_code == 302
    session = event.sessions.get()
    assert session.starts_at == START + timedelta(minutes=30)
    body = make_organisation(name_en="Council", name_cy="Cyngor")
    fields = SPEAKER | {"session": session.pk, "organisation": body.pk}
    manager_client.post(url(event, "speaker/"), fields)
    manager_client.post(url(event, "speaker/"), SPEAKER | {"name": "Huw Jones"})
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "10:30–11:30" in page  # noqa: RUF001
    assert "Blue room" in page
    assert "<bdi>Eleri Rees</bdi>, Analyst, Council" in page
    assert page.index("Eleri Rees") < page.index("Huw Jones")
    page = client.get(f"/cy/events/{event.slug}/").content.decode()
    assert "Mapiau" in page
    assert "<bdi>Eleri Rees</bdi>, Dadansoddwr, Cyngor" in page
    actions = Entry.objects.values_list("action", flat=True)
    assert list(actions) == ["event.programme_changed"] * 3


def test_the_form_shows_what_is_kept(manager_client, event):
    manager_client.post(url(event, "session/"), SESSION)
    session = event.sessions.get()
    page = manager_client.get(url(event, f"session/{session.pk}/")).content.decode()
    assert 'value="2030-07-04T10:30"' in page
    fields = SESSION | {"capacity": "", "ends_at": "2030-07-04T12:00"}
    manager_client.post(url(event, f"session/{session.pk}/"), fields)
    session.refresh_from_db()
    assert (session.capacity, session.ends_at) == (None, START + timedelta(hours=2))


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title_en": ""}, "Enter a title in English."),
        ({"starts_at": ""}, "Enter when the session starts."),
        ({"ends_at": "2030-07-04T10:30"}, "The end must be after the start."),
        ({"starts_at": "2030-07-04T09:59"}, "The event has not started by then."),
        ({"ends_at": "2030-07-04T13:01"}, "The event is over by then."),
        ({"capacity": "many"}, "Enter a number of places, such as 40."),
        ({"room_cy": "A\x00"}, "Leave out characters"),
        ({"title_cy": ""}, "title in Welsh"),
        ({"room_cy": ""}, "room in Welsh"),
    ],
)
def test_a_session_that_cannot_be_is_refused(manager_client, event, fields, error):
    answer = manager_client.post(url(event, "session/"), SESSION | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not event.sessions.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": ""}, "Enter a name."),
        ({"role_cy": ""}, "role in Welsh"),
        ({"session": "999999"}, "valid"),
    ],
)
def test_a_speaker_that_cannot_be_is_refused(manager_client, event, fields, error):
    answer = manager_client.post(url(event, "speaker/"), SPEAKER | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not event.speakers.exists()


def test_a_session_of_another_event_is_no_choice(manager_client, event):
    other = make_session(event=make_event())
    answer = manager_client.post(
        url(event, "speaker/"), SPEAKER | {"session": other.pk}
    )
    assert answer.status_code == 422
    assert manager_client.get(url(event, f"session/{other.pk}/")).status_code == 404


def test_a_draft_may_wait_for_its_welsh_and_is_not_published(manager_client, event):
    event.status = "draft"
    event.save()
    manager_client.post(url(event, "session/"), SESSION | {"title_cy": ""})
    manager_client.post(url(event, "speaker/"), SPEAKER | {"role_cy": ""})
    answer = manager_client.post(f"/en/events/{event.slug}/publish/")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Session “Maps”: title in Welsh" in page
    assert "Speaker “Eleri Rees”: role in Welsh" in page


def test_speakers_move(manager_client, event):
    names = ("Ann", "Ben", "Cai")
    ann, _ben, cai = (make_speaker(event=event, name=name) for name in names)
    manager_client.post(url(event, f"speaker/{cai.pk}/move/"), {"to": "up"})
    manager_client.post(url(event, f"speaker/{ann.pk}/move/"), {"to": "down"})
    manager_client.post(url(event, f"speaker/{ann.pk}/move/"), {"to": "down"})
    manager_client.post(url(event, f"speaker/{ann.pk}/move/"), {"to": "down"})
    assert [one.name for one in event.speakers.all()] == ["Cai", "Ben", "Ann"]
    manager_client.post(url(event, f"speaker/{cai.pk}/remove/"))
    assert [one.name for one in event.speakers.all()] == ["Ben", "Ann"]
    assert (
        manager_client.get(url(event, f"speaker/{ann.pk}/remove/")).status_code == 405
    )


def test_places_are_counted_and_not_taken_away(client, manager_client, event):
    session = make_session(event=event, capacity=2)
    choose(session)
    choose(session, "b@example.org")
    gone = choose(session, "c@example.org")
    registrations.cancel(by=None, registration=gone)
    assert "Chosen by: 2 of 2" in manager_client.get(url(event)).content.decode()
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert '<span class="tag tag-yellow">Full</span>' in page
    edit = url(event, f"session/{session.pk}/")
    answer = manager_client.post(edit, SESSION | {"capacity": "1"})
    assert answer.status_code == 422
    assert (
        "More people have chosen this session than that: 2" in answer.content.decode()
    )


def test_a_session_that_people_chose_goes_only_knowingly(manager_client, event):
    session = make_session(event=event)
    registration = choose(session)
    remove = url(event, f"session/{session.pk}/remove/")
    page = manager_client.get(remove).content.decode()
    assert "People who have chosen this session: 1." in page
    assert manager_client.post(remove, {}).status_code == 422
    answer = manager_client.post(remove, {"chosen": "0"})
    assert answer.status_code == 422
    assert "More people have chosen this session meanwhile." in answer.content.decode()
    speaker = make_speaker(event=event, session=session)
    assert manager_client.post(remove, {"chosen": "1"}).status_code == 302
    assert not event.sessions.exists()
    registration.refresh_from_db()
    speaker.refresh_from_db()
    assert registration.state == "place"
    assert speaker.session is None
    told = Message.objects.get(kind="session_removed")
    assert told.to == registration.email
    assert session.title_en in told.subject
    assert session.title_cy in told.text


def test_what_is_over_has_its_programme(manager_client):
    event = make_event(status="held", days_ahead=-3)
    session = make_session(event=event)
    page = manager_client.get(url(event)).content.decode()
    assert "Add a session" not in page
    edit = url(event, f"session/{session.pk}/")
    assert manager_client.post(edit, SESSION).status_code == 422
    remove = url(event, f"session/{session.pk}/remove/")
    assert manager_client.post(remove, {"chosen": "0"}).status_code == 422
    assert event.sessions.exists()


@pytest.mark.parametrize("page", ["", "session/", "speaker/"])
def test_is_for_staff(client, member_client, event, page):
    assert client.get(url(event, page)).status_code == 302
    assert member_client.get(url(event, page)).status_code == 403


def test_a_script_is_shown_as_text(client, manager_client, event):
    script = "<script>alert(1)</script>"
    texts = {
        "title_en": script,
        "title_cy": script,
        "room_en": script,
        "room_cy": script,
    }
    make_session(event=event, **texts)
    make_speaker(event=event, name=script, role_en=script)
    for page in (f"/en/events/{event.slug}/", url(event)):
        assert script not in manager_client.get(page).content.decode()


def test_costs_few_queries(manager_client, event, django_assert_max_num_queries):
    for _ in range(4):
        session = make_session(event=event)
        make_speaker(event=event, session=session, organisation=make_organisation())
    # The session, the user, the event, its sessions and speakers.
    with django_assert_max_num_queries(5):
        manager_client.get(url(event))
