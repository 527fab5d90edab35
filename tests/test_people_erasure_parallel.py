"""Erasing while others write, on PostgreSQL with connections of their own."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from engagement.core.errors import Refused
from engagement.events.models import Registration
from engagement.events.services import registration_mail, registrations
from engagement.people.models import Consent, EmailAddress, Person, Suppression
from engagement.people.services import consents, erasure
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import sending, subscriptions
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


@pytest.mark.parametrize("_round", range(5))
def test_nothing_of_the_person_is_left_and_nothing_of_others_is_lost(_round):
    newsletter = factories.make_newsletter()
    event = factories.make_event(published=True)
    person = factories.make_person(email="zebedee@example.org", name="Zebedee")
    factories.make_subscription(newsletter=newsletter, person=person)
    others = [factories.make_subscription(newsletter=newsletter) for _n in range(20)]
    issue = factories.make_issue(newsletter=newsletter, articles=1)

    def register():
        registrations.register(
            by=None,
            event=event,
            language="en",
            name="Zebedee",
            email="zebedee@example.org",
            organisation="",
            sector="private",
            wants_welsh=False,
        )

    def consent():
        consents.withdraw(
            person=person, purpose="newsletter", about=newsletter.slug, source="link"
        )

    raised = together(
        lambda: erasure.erase(by=None, person=person),
        register,
        consent,
        lambda: sending.start(by=None, issue=issue),
        lambda: subscriptions.leave(newsletter=newsletter, person=others[0].person),
    )
    assert raised[0] is None
    assert not [one for one in raised if isinstance(one, IntegrityError)], raised
    assert all(one is None or isinstance(one, Refused) for one in raised), raised
    assert not Person.objects.filter(pk=person.pk).exists()
    assert Suppression.objects.count() == 1
    # Who registered after the erasure is somebody new, with their own wish.
    anew = Person.objects.filter(email="zebedee@example.org")
    assert Registration.objects.filter(name="Zebedee").count() == anew.count()
    assert Subscription.objects.count() == 20
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert issue.recipients == Delivery.objects.filter(issue=issue).count()
    assert not Delivery.objects.filter(address="zebedee@example.org").exists()
    assert Consent.objects.filter(person=None).count() >= 1


@pytest.mark.parametrize(
    "write",
    [
        registration_mail.write_due,
        lambda row: registrations.cancel(by=None, registration=row),
    ],
)
def test_who_is_written_to_at_that_moment_does_not_wait_for_the_erasure(write):
    event = factories.make_event(published=True)
    registration = registrations.enter(
        by=None,
        event=event,
        language="en",
        name="Zebedee",
        email="zebedee@example.org",
        organisation="",
        sector="private",
        wants_welsh=False,
    )
    written = threading.Event()

    def hold():
        with transaction.atomic():
            write(registration)
            written.set()
            _until_somebody_waits()

    def erase():
        assert written.wait(10)
        erasure.erase(by=None, person=registration.person)

    assert together(hold, erase) == [None, None]
    registration.refresh_from_db()
    assert (registration.person, registration.state) == (None, "cancelled")


def _until_somebody_waits():
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
        time.sleep(0.05)
    pytest.fail("nobody waits")


def test_erased_twice_at_once_is_erased_once():
    person = factories.make_person()
    raised = together(
        *[lambda: erasure.erase(by=None, person=person) for _n in range(4)]
    )
    assert sorted(type(one).__name__ for one in raised) == ["Gone"] * 3 + ["NoneType"]
    assert not EmailAddress.objects.exists()
