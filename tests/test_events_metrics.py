import pytest
from django.utils import timezone

from engagement.events import metrics
from engagement.events.models import Attendance, Invitation, Registration
from engagement.metrics import registry
from tests.factories import make_event, make_person, make_study

pytestmark = pytest.mark.django_db


def people(event, sector, number, cancelled=0, came=0):
    for index in range(number):
        one = Registration.objects.create(
            event=event,
            reference=f"{event.pk}{sector[:3]}{index}",
            name="Somebody",
            email=f"{sector}{index}@example.org",
            sector=sector,
            language="en",
            state="cancelled" if index < cancelled else "place",
            cancelled_at=timezone.now() if index < cancelled else None,
        )
        if index >= number - came:
            Attendance.objects.create(registration=one)


def test_registrations_in_force_of_all_made(study):
    event = make_event(study=study, status="held")
    people(event, "local_authority", 6, cancelled=1, came=3)
    people(event, "academic", 2)
    people(make_event(study=study, status="cancelled"), "public", 5)
    people(make_event(study=make_study(slug="x"), status="held"), "public", 5)
    reading = metrics.registrations(study.pk)
    assert (reading.value, reading.base) == (7, 8)
    assert [(str(r.label), r.value) for r in reading.rows] == [
        ("Local authority", 5),
        ("Academic", 2),
    ]


def test_attendance_is_of_those_registered_at_held_events(study):
    people(make_event(study=study, status="held"), "voluntary", 6, 1, came=4)
    people(make_event(study=study, status="published"), "voluntary", 3)
    reading = metrics.attendance(study.pk)
    assert (reading.value, reading.base) == (4, 5)
    assert [row.value for row in reading.rows] == [4]


def test_nothing_is_a_true_zero(study):
    assert metrics.attendance(study.pk) == registry.Reading(value=0, base=0)


def test_both_are_registered_in_their_places(study):
    found = {metric.key: metric.position for metric, _ in registry.for_study(study.pk)}
    assert found["registrations"] == 40
    assert found["attendance"] == 50


def ask(event, **answers):
    for answer, number in answers.items():
        for _ in range(number):
            person = make_person()
            Invitation.objects.create(
                event=event,
                person=person,
                name="A",
                email=person.email,
                language="en",
                answer="" if answer in {"none", "back"} else answer,
                answered_at=None if answer in {"none", "back"} else timezone.now(),
                withdrawn_at=timezone.now() if answer == "back" else None,
            )


def test_invitations_answered_of_those_that_stand(study):
    ask(make_event(study=study, status="held"), yes=5, no=2, none=6, back=1)
    ask(make_event(study=study, status="cancelled"), yes=3)
    ask(make_event(study=make_study(slug="y"), status="held"), deputy=1)
    reading = metrics.invitations(study.pk)
    assert (reading.value, reading.base) == (7, 13)
    assert [(str(row.label), row.value) for row in reading.rows] == [
        ("Yes", 5),
        ("No", 2),
    ]
