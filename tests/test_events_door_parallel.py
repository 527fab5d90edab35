"""Two doors at once, on PostgreSQL with connections of their own."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from engagement.events.models import Attendance, CheckIn, Registration
from engagement.events.services import attendances, doors, registrations
from engagement.events.services.doors import Word
from tests.factories import make_event, make_registration
from tests.support.together import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


@pytest.mark.parametrize("_round", range(4))
def test_two_doors_and_the_list_agree(_round):
    event = make_event(published=True, starts_at=timezone.now())
    people = [make_registration(event=event) for _n in range(12)]
    now = timezone.now()

    def word(number, action="in", ago=9, **more):
        at = now - timedelta(seconds=ago)
        return (
            Word(key=uuid.uuid4(), action=action, at=at, **more)
            if more
            else Word(
                key=uuid.uuid4(), action=action, at=at, registration=people[number].pk
            )
        )

    east = [word(n) for n in range(8)]
    west = [word(n) for n in range(7, 3, -1)] + [word(0, "undo", ago=5)]
    walk_in = word(0, name="Eirlys", sector="public")

    def say(*words):
        doors.apply(by=None, event=event, words=words, language="en")

    raised = together(
        lambda: say(*east, walk_in),
        lambda: say(*west),
        lambda: say(walk_in, *east),
        lambda: [say(one) for one in west],
        lambda: attendances.mark(by=None, event=event, came=[people[11].pk], shown=[]),
    )
    assert raised == [None] * 5
    came = set(Attendance.objects.values_list("registration_id", flat=True))
    stranger = Registration.objects.get(source="walk_in")
    expected = {one.pk for one in [*people[1:8], people[11], stranger]}
    assert came == expected
    assert CheckIn.objects.count() == 15


@pytest.mark.parametrize("_round", range(4))
def test_cancelling_and_checking_in_at_once_never_both(_round):
    soon = timezone.now() + timedelta(seconds=50)
    event = make_event(published=True, starts_at=soon)
    one = make_registration(event=event)
    word = Word(key=uuid.uuid4(), action="in", at=timezone.now(), registration=one.pk)
    together(
        lambda: doors.apply(by=None, event=event, words=[word], language="en"),
        lambda: registrations.cancel(by=None, registration=one),
    )
    one.refresh_from_db()
    assert (one.state == "place") == Attendance.objects.exists()
    assert CheckIn.objects.count() == 1
