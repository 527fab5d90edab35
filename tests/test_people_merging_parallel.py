"""Merging while others write, on PostgreSQL with connections of their own."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from engagement.core.errors import Refused
from engagement.events.models import Registration
from engagement.events.services import registrations
from engagement.people.models import Consent, Merge, Person
from engagement.people.services import consents, erasure, merging
from newsletters.models import Subscription
from newsletters.services import sending
from tests import factories
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


def say(person, about, verb=consents.withdraw):
    verb(person=person, purpose="newsletter", about=about, source="link")


def somebody_waits():
    """For a lock, within five seconds."""
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.01)
    return False


def register(event, person):
    registrations.register(
        by=None,
        event=event,
        language="en",
        name=person.name,
        email=person.email,
        organisation="",
        sector="private",
        wants_welsh=False,
    )


@pytest.mark.parametrize("_round", range(6))
def test_two_opposite_merges_and_writers_lose_nothing(_round):
    newsletter = factories.make_newsletter()
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    event = factories.make_event(published=True)
    one, two = factories.make_person(), factories.make_person()
    for person in (one, two, factories.make_person()):
        factories.make_subscription(newsletter=newsletter, person=person)
    raised = together(
        lambda: merging.merge(by=None, kept=one, merged=two),
        lambda: merging.merge(by=None, kept=two, merged=one),
        lambda: register(event, one),
        lambda: register(event, two),
        lambda: say(one, "elsewhere"),
        lambda: say(two, "elsewhere"),
        lambda: sending.start(by=None, issue=issue),
    )
    assert sum(isinstance(one, merging.CannotMerge) for one in raised[:2]) == 1
    assert raised[2:] == [None] * 5
    merge = Merge.objects.get()
    kept = Person.objects.get(pk=merge.kept_id)
    assert Consent.objects.filter(person=kept).count() == 4, "none stays behind"
    assert Registration.objects.filter(person=kept).count() == 2
    issue.refresh_from_db()
    assert issue.recipients == issue.deliveries.count() in {2, 3}


@pytest.mark.parametrize(
    ("verb", "age"),
    [(merging.undo, timedelta()), (merging.forget, 2 * merging.UNDO_WITHIN)],
)
def test_a_merge_is_not_held_while_its_people_are_waited_for(verb, age):
    """An erasure holds the people and then empties the merge: it must get it."""
    one, two = factories.make_person(), factories.make_person()
    merge = merging.merge(by=None, kept=one, merged=two)
    Merge.objects.update(at=merge.at - age)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=two.pk)
        waiting = threading.Thread(
            target=together, args=[lambda: verb(by=None, merge=merge)]
        )
        waiting.start()
        assert somebody_waits()
        assert Merge.objects.select_for_update(nowait=True).get(pk=merge.pk)
    waiting.join(30)
    assert not waiting.is_alive()


@pytest.mark.parametrize("_round", range(4))
def test_merging_undoing_and_erasing_at_once(_round):
    one, two, three = (factories.make_person() for _n in range(3))
    factories.make_subscription(person=two)
    merge = merging.merge(by=None, kept=one, merged=two)
    raised = together(
        lambda: merging.undo(by=None, merge=merge),
        lambda: merging.merge(by=None, kept=three, merged=one),
        lambda: say(two, "elsewhere"),
        lambda: erasure.erase(by=None, person=three),
        lambda: say(one, "elsewhere"),
    )
    assert all(
        one is None or isinstance(one, Refused | Merge.DoesNotExist) for one in raised
    ), raised
    for person in Person.objects.filter(merged_into=None):
        assert person.addresses.exists()
    assert Consent.objects.count() >= 1
    assert Subscription.objects.count() <= 1
