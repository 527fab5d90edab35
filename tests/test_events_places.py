"""Nobody gets a place that is not there, whoever asks at the same moment."""

from datetime import timedelta
from multiprocessing.pool import ThreadPool

import pytest
from django.db import connection
from django.utils import timezone

from engagement.events.models import Event, Registration
from engagement.events.services import attendances, events, registrations
from tests.factories import make_event


def take(event, number):
    return registrations.register(
        by=None,
        event=event,
        language="en",
        name=f"Person {number}",
        email=f"person{number}@example.org",
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def published(**fields):
    starts = timezone.now() + timedelta(days=3)
    return make_event(status="published", starts_at=starts, **fields)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_five_places():
    if connection.vendor == "sqlite":
        pytest.skip("In tests SQLite is in memory, one connection for all threads.")
    event = published(capacity=5)

    def ask(number):
        try:
            return take(event, number).state
        finally:
            connection.close()

    with ThreadPool(20) as pool:
        answers = pool.map(ask, range(20), chunksize=1)
    assert answers.count("place") == 5
    assert answers.count("waiting") == 15
    assert Registration.objects.live().count() == 5


@pytest.mark.django_db
def test_the_sixth_waits():
    event = published(capacity=5)
    states = [take(event, number).state for number in range(6)]
    assert states == ["place"] * 5 + ["waiting"]


@pytest.mark.django_db
def test_an_event_without_a_limit_is_never_full():
    event = published(capacity=None)
    for number in range(3):
        take(event, number)
    assert Event.objects.with_counts().get().places_left is None


@pytest.mark.django_db
def test_places_cannot_be_taken_away_from_under_people(manager):
    event = published(capacity=5)
    for number in range(3):
        take(event, number)
    with pytest.raises(events.TooFewPlaces):
        events.update(by=manager, event=event, fields={"capacity": 2})
    event.refresh_from_db()
    assert event.capacity == 5


@pytest.mark.django_db
def test_counts_are_not_multiplied_by_each_other():
    event = published(capacity=5)
    made = [take(event, number) for number in range(4)]
    registrations.cancel(by=None, registration=made[0])
    Event.objects.update(starts_at=timezone.now(), ends_at=None)
    attendances.mark(by=None, event=event, came={made[1].pk, made[2].pk})
    counted = Event.objects.with_counts().get()
    assert (counted.registered, counted.attended, counted.places_left) == (3, 2, 2)
