from io import StringIO

import pytest
from django.core.management import call_command

from engagement.events import demo, metrics
from engagement.events.models import (
    Answer,
    Attendance,
    Commitment,
    Event,
    Feedback,
    Invitation,
    Registration,
    Session,
)
from engagement.events.services import chasing, feedback, places
from engagement.people.models import Person
from engagement.studies.models import Study

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEPT = (Event, Registration, Attendance, Invitation, Session, Feedback, Commitment)


@pytest.fixture
def loaded():
    call_command("load_demo", stdout=StringIO())


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in KEPT}


def test_loading_again_changes_nothing(loaded):
    before = rows()
    demo.load()
    assert rows() == before


def test_what_staff_changed_is_left(loaded):
    Event.objects.filter(slug="wimd-consultation-synthetic").update(capacity=3)
    demo.load()
    assert Event.objects.get(slug="wimd-consultation-synthetic").capacity == 3


def test_the_public_page_takes_registrations_at_once(loaded, client):
    page = client.get("/en/events/wimd-consultation-synthetic/").content.decode()
    assert "13 of 40" in page
    assert "/register/" in page


def test_the_metrics_have_a_sector_too_small_to_show(loaded):
    reading = metrics.attendance(Study.objects.get(slug="wimd").pk)
    assert (reading.value, reading.base) == (180, 230)
    assert min(row.value for row in reading.rows) < 5


def test_what_failed_is_told(loaded, client):
    assert Event.objects.filter(status="not_held").count() >= 3
    for event in Event.objects.listed():
        assert client.get(event.get_absolute_url()).status_code == 200


def test_the_invitation_round_has_all_kinds_of_answers(loaded):
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    answers = set(event.invitations.values_list("answer", flat=True))
    assert answers == {"", *Invitation.Answer.values}
    asked = set(event.invitations.values_list("person", flat=True))
    assert not Person.objects.filter(pk__in=asked, is_synthetic=False).exists()
    yes = event.invitations.filter(answer__in=["yes", "deputy"])
    assert yes.count() == event.registrations.exclude(invitation=None).count() == 10
    assert event.quotas.exists()
    assert event.speakers.exists()
    kinds = set(event.questions.values_list("kind", flat=True))
    assert kinds >= {"text", "choice", "consent"}
    must = event.questions.get(required=True)
    answered = Answer.objects.filter(question=must, options__isnull=False)
    assert answered.count() == event.registrations.count()


def test_no_more_have_a_place_than_there_are(loaded):
    for event in Event.objects.filter(capacity__isnull=False):
        assert event.registrations.holding().count() <= event.capacity
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    assert event.registrations.in_line().exists()
    taken = places.full(event)
    assert not taken.event
    assert taken.sectors == ["welsh_government"]
    for session in event.sessions.all():
        assert session.places.count() <= session.capacity


def test_the_workshop_has_what_came_of_it(loaded, client):
    event = Event.objects.get(slug="wimd-workshop-synthetic")
    came = event.registrations.filter(attendance__isnull=False)
    assert came.filter(source="walk_in").count() == 1
    assert came.filter(source="deputy", replaces__isnull=False).count() == 1
    assert event.feedback.filter(registration__in=came).count() == 18
    states = set(event.commitments.values_list("state", flat=True))
    assert states == set(Commitment.State.values)
    for lang in ("en", "cy"):
        page = client.get(f"/{lang}/events/{event.slug}/summary/")
        assert page.status_code == 200
    page = client.get(f"/en/events/{event.slug}/summary/").content.decode()
    assert "Publish a guide to using the Index in rural areas." in page
    assert "Overdue" in page


def test_the_workshops_of_the_report_say_what_followed(loaded, client):
    page = client.get("/en/events/l-workshops/summary/").content.decode()
    assert "Annex 2, 2.17" in page
    assert "Not done" in page


def test_nobody_is_mailed_because_it_was_loaded(loaded):
    assert feedback.ask_due(by=None) == 0
    assert chasing.remind_owners(by=None) == 0
    assert chasing.ask_participants(by=None) == 0


def test_the_series_is_in_order_and_one_is_online_next_week(loaded):
    events = Event.objects.filter(series__isnull=False).order_by("starts_at")
    assert len(events) == 4
    assert all(event.starts_at.weekday() == 1 for event in events)
    assert all(event.starts_at.day <= 7 for event in events)
    briefing = Event.objects.get(slug="wimd-briefing-synthetic")
    assert briefing.join_url
    assert briefing.interpretation
    assert briefing.takes_registrations
