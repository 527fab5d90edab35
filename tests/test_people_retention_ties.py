"""Nobody goes whom something still holds, or with whom something has happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.events.services import invitations, registrations
from engagement.mail.models import Message
from engagement.people import keeping, registry
from engagement.people.models import Due, EmailAddress, Interest, Person, Tag
from engagement.people.registry import Held
from engagement.people.retention import IDLE, idle
from engagement.people.services import access, consents, merging, retention
from engagement.studies.models import Enquiry
from newsletters.models import Delivery, Subscription
from newsletters.services import subscriptions
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2020, 1, 6, 12, tzinfo=UTC)
LONG = timedelta(days=20 * 365)
NEARLY = IDLE - timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def consent(person):
    factories.make_subscription(person=person)


def event_consent(person):
    consents.give(
        person=person,
        purpose="event",
        about="an-event",
        wording="w",
        wording_version="1",
        language="en",
        source="paper",
    )


def left(person):
    newsletter = factories.make_subscription(person=person).newsletter
    subscriptions.leave(newsletter=newsletter, person=person)


def unconfirmed(person):
    factories.make_subscription(person=person, confirmed=False)


def delivery(person, state="accepted"):
    Delivery.objects.create(
        issue=factories.make_issue(),
        person=person,
        address=person.email,
        language="en",
        token=f"{state}{person.pk}",
        due_at=timezone.now(),
        state=state,
    )


def delivery_on_its_way(person):
    delivery(person, state="deferred")


def registration(person, days_ahead=7):
    registrations.register(
        by=None,
        event=factories.make_event(published=True, days_ahead=days_ahead),
        language="en",
        name=person.name,
        email=person.email,
        organisation="",
        sector="private",
        wants_welsh=False,
    )


def invitation(person, days_ahead=7):
    event = factories.make_event(published=True, days_ahead=days_ahead)
    invitations.invite(by=None, event=event, people=[person.pk])


def invitation_far_ahead(person):
    invitation(person, days_ahead=LONG.days + 30)


def registration_far_ahead(person):
    registration(person, days_ahead=LONG.days + 30)


def seat(person):
    factories.make_seat(group=factories.make_group(), member=person)


def old_seat(person):
    seat(person)
    person.memberships.update(ended_on=timezone.localdate())


def post(person):
    person.affiliations.create(organisation=factories.make_organisation())


def post_as_written(person):
    person.affiliations.create(organisation_name="A council")


def old_post(person):
    today = timezone.localdate()
    person.affiliations.create(organisation_name="A council", ended_on=today)


def open_enquiry(person):
    Enquiry.objects.create(
        person=person, channel="email", asked_on=date(2020, 1, 6), question="?"
    )


def answered_enquiry(person):
    open_enquiry(person)
    person.enquiries.update(answer="!", answered_on=timezone.localdate())


def account(person):
    person.user = factories.make_user()
    person.save()


def open_succession(person):
    person.successions.create(
        what_en="a", what_cy="a", target_kind="x", target_id=person.pk
    )


def confirmed_address(person):
    person.addresses.update(confirmed_at=timezone.now())


def mail(person):
    Message.objects.create(kind="x", to=person.email.upper(), language="en")


def export(person):
    access.export(by=None, person=person)


def merge(person):
    merging.merge(by=None, kept=person, merged=factories.make_person())


HOLD_FOR_GOOD = [
    *(consent, event_consent, delivery_on_its_way, registration_far_ahead, seat),
    invitation_far_ahead,
    *(post, post_as_written, open_enquiry, account, open_succession),
]
HAPPENED = [
    *(left, unconfirmed, delivery, registration, old_seat, old_post),
    invitation,
    *(answered_enquiry, confirmed_address, mail, export, merge),
]


def name(deed):
    return deed.__name__


def listed():
    retention.list_due(by=None)
    return set(Due.objects.filter(rule="idle").values_list("target_id", flat=True))


@pytest.mark.parametrize("deed", HOLD_FOR_GOOD, ids=name)
def test_what_holds_keeps_somebody_however_long(clock, deed):
    person, idler = factories.make_person(), factories.make_person()
    deed(person)
    clock.shift(LONG)
    assert listed() & {person.pk, idler.pk} == {idler.pk}


@pytest.mark.parametrize("deed", HAPPENED, ids=name)
def test_what_happened_keeps_somebody_for_three_years(clock, deed):
    person = factories.make_person()
    clock.shift(LONG)
    deed(person)
    clock.shift(NEARLY)
    assert person.pk not in listed()
    clock.shift(timedelta(days=10))
    assert person.pk in listed()


def test_what_says_something_of_somebody_keeps_nobody(clock):
    person = factories.make_person(sector="private", function="policy")
    person.interests.add(Interest.objects.create(slug="i", name_en="I", name_cy="I"))
    person.tags.add(Tag.objects.create(name="t"))
    clock.shift(LONG)
    assert listed() == {person.pk}


def test_a_holding_that_another_app_knows_of_keeps_somebody(clock, monkeypatch):
    person, idler = factories.make_person(), factories.make_person()
    held = [Held("a", "b", "x", 1)]
    monkeypatch.setattr(
        registry, "_holdings", [lambda pk: held if pk == person.pk else []]
    )
    clock.shift(LONG)
    assert listed() == {idler.pk}


def test_what_a_merge_could_not_move_keeps_the_person(clock):
    kept, merged = factories.make_person(), factories.make_person()
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    seat(merged)
    clock.shift(LONG)
    assert listed() == set()


def test_every_model_that_points_at_a_person_has_been_thought_of():
    """One that is not keeps everybody it points at for good: say so in the app's
    `retention.py`."""
    fields = list(merging.pointing_at(Person))
    assert {EmailAddress, Subscription} <= {field.model for field in fields}
    assert [str(field) for field in fields if not keeping.has_tie(field.model)] == []


def test_a_model_that_nobody_spoke_for_keeps_its_people(clock, monkeypatch):
    person = factories.make_person()
    clock.shift(LONG)
    monkeypatch.delitem(keeping._ties, EmailAddress)
    assert listed() == set()
    monkeypatch.undo()
    assert listed() == {person.pk}


@pytest.mark.slow
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=st.lists(st.sampled_from(HOLD_FOR_GOOD + HAPPENED), unique=True))
def test_whoever_has_something_that_holds_is_never_due(db, deeds):
    from django.db import transaction

    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        person = factories.make_person()
        for deed in deeds:
            deed(person)
        clock.shift(LONG)
        held = any(deed in HOLD_FOR_GOOD for deed in deeds)
        assert idle(timezone.now() - IDLE).filter(pk=person.pk).exists() is not held
        transaction.set_rollback(True)
