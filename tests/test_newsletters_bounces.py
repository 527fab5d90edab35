"""What the ledger learns from mail that came back, whatever its order."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from engagement.audit.models import Entry
from engagement.mail.models import Alarm, Inbound, Message, Pace
from engagement.mail.services import bounces, verp
from engagement.people.models import Suppression
from engagement.people.services import suppressions
from newsletters.models import Delivery
from tests import factories
from tests.support.came_back import like

pytestmark = pytest.mark.django_db


def make_delivery(state="accepted", person=None, **fields):
    person = person or factories.make_person()
    return Delivery.objects.create(
        issue=factories.make_issue(),
        person=person,
        address=person.email,
        language="en",
        token=f"t{Delivery.objects.count()}",
        due_at=timezone.now(),
        state=state,
        **fields,
    )


def take(name, delivery, **more):
    row = bounces.take(like(name, delivery, **more), source="pipe")
    delivery.refresh_from_db()
    row.refresh_from_db()
    return row


def test_accepted_stays_accepted_and_says_that_it_came_back():
    delivery = make_delivery()
    row = take("postfix-user-unknown", delivery)
    assert (delivery.state, delivery.bounce) == ("accepted", "hard")
    assert delivery.bounced_at == row.received_at
    assert row.outcomes == ["suppressed", "marked"]
    assert suppressions.find(delivery.address).reason == "bounced"


@pytest.mark.parametrize("before", ["unknown", "handed_over"])
@pytest.mark.parametrize(
    ("name", "state", "bounce"),
    [
        ("postfix-user-unknown", "rejected", "hard"),
        ("postfix-mailbox-full", "rejected", "soft"),
        ("postfix-spamhaus", "rejected", "block"),
        ("postfix-delivered", "accepted", ""),
        ("arf-abuse", "accepted", ""),
        ("auto-rfc3834", "accepted", ""),
    ],
)
def test_what_is_not_known_settles(before, name, state, bounce):
    delivery = make_delivery(before)
    row = take(name, delivery)
    assert (delivery.state, delivery.bounce) == (state, bounce)
    assert delivery.settled_at
    assert "settled" in row.outcomes
    entry = Entry.objects.get(action="delivery.settled_by_mail")
    assert entry.detail == {"state": state, "kind": row.kind}
    assert delivery.address not in entry.target


def test_a_server_that_still_tries_settles_nothing():
    delivery = make_delivery("unknown")
    take("postfix-delayed", delivery)
    assert (delivery.state, delivery.bounce) == ("unknown", "")


def test_refused_in_the_conversation_stays_refused():
    delivery = make_delivery("rejected", reply="550 no")
    take("postfix-delivered", delivery)
    assert (delivery.state, delivery.reply) == ("rejected", "550 no")


def test_the_same_twice_changes_nothing():
    delivery = make_delivery("unknown")
    one = take("postfix-user-unknown", delivery)
    assert take("postfix-user-unknown", delivery) == one
    bounces.handle(inbound_id=one.pk)
    assert Entry.objects.filter(action="delivery.settled_by_mail").count() == 1


class TestProof:
    def test_another_address_than_ours_is_no_proof(self):
        delivery = make_delivery("unknown")
        raw = like("postfix-user-unknown", delivery)
        raw = raw.replace(delivery.address.encode(), b"victim@example.org")
        row = bounces.take(raw, source="pipe")
        delivery.refresh_from_db()
        assert (row.proven, delivery.state) == (False, "unknown")
        assert not Suppression.objects.exists()

    def test_our_own_code_is(self, settings):
        settings.BOUNCE_ADDRESS = "bounces@lists.example.org"
        delivery = make_delivery("unknown")
        path = verp.return_path(f"delivery-{delivery.pk}", "")
        raw = like("arf-redacted", delivery)
        raw = raw.replace(b"Version: 1", f"Original-Mail-From: <{path}>".encode())
        row = bounces.take(raw, source="pipe")
        delivery.refresh_from_db()
        assert (row.proven, row.address) == (True, delivery.address)
        assert delivery.state == "accepted"
        assert suppressions.find(delivery.address).reason == "complained"

    def test_a_mail_that_never_was(self):
        delivery = make_delivery()
        raw = like("postfix-user-unknown", delivery)
        delivery.delete()
        row = bounces.take(raw, source="pipe")
        assert (row.key, row.proven) == ("", False)


class TestSoft:
    def take(self, person, days, delivery=None):
        delivery = delivery or make_delivery(person=person)
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            return take("postfix-mailbox-full", delivery, salt=str(days))

    def test_three_issues_in_a_month_and_the_address_is_given_up(self):
        person = factories.make_person()
        for days in (0, 28):
            self.take(person, days)
        assert not suppressions.find(person.email)
        assert "given_up" in self.take(person, 29).outcomes
        assert suppressions.find(person.email).reason == "soft_bounces"

    def test_not_three_times_the_same_issue(self):
        person = factories.make_person()
        delivery = make_delivery(person=person)
        for days in range(3):
            self.take(person, days, delivery)
        self.take(person, 4)
        assert not suppressions.find(person.email)

    def test_not_over_a_longer_time(self):
        person = factories.make_person()
        for days in (0, 15, 31, 60):
            self.take(person, days)
        assert not suppressions.find(person.email)

    def test_who_confirms_anew_begins_anew(self):
        person = factories.make_person()
        for days in range(3):
            self.take(person, days)
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            suppressions.lift(person=person)
        self.take(person, 5)
        assert not suppressions.find(person.email)


class TestBlock:
    def test_the_account_goes_slower_to_that_domain(self, administrator, settings):
        settings.MAIL_ACCOUNTS = "relay=smtp://relay.example.org spare=smtp://b"
        with transaction.atomic():
            take("postfix-spamhaus", delivery := make_delivery(account="relay"))
        pace = Pace.objects.exclude(domain="").get()
        assert (pace.account, pace.per_second) == ("relay", 1)
        assert delivery.address.endswith(f"@{pace.domain}")

    def test_never_suppresses_and_alarms(self, administrator):
        deliveries = [make_delivery(account="relay") for _number in range(4)]
        with transaction.atomic():
            for delivery in deliveries:
                take("postfix-spamhaus", delivery)
        assert not Suppression.objects.exists()
        assert {delivery.bounce for delivery in deliveries} == {"block"}
        alarm = Alarm.objects.get()
        assert (alarm.kind, alarm.account) == ("block", "relay")
        assert "spamhaus" in alarm.text
        mail = Message.objects.get()
        assert (mail.kind, mail.to) == ("alarm", administrator.email)
        assert "spamhaus" in mail.text

    def test_another_account_alarms_without_a_mail_and_another_day_with_one(
        self, administrator
    ):
        for account in ("one", "two"):
            take("postfix-spamhaus", make_delivery(account=account))
        assert (Alarm.objects.count(), Message.objects.count()) == (2, 1)
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            take("postfix-spamhaus", make_delivery(account="one"))
        assert (Alarm.objects.count(), Message.objects.count()) == (3, 2)


NAMES = (
    *("postfix-user-unknown", "postfix-mailbox-full", "postfix-spamhaus"),
    *("postfix-delivered", "arf-abuse", "auto-rfc3834", "postfix-delayed"),
)
CASES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 2), st.integers(0, 40)),
    max_size=6,
    unique=True,
)


def the_end(rows, order, before):
    """What is so after the rows, written down at their times, are dealt with in order."""
    with transaction.atomic():
        point = transaction.savepoint()
        person = factories.make_person(email="ann@example.org")
        mails = [make_delivery(before, person=person) for _number in range(3)]
        start = timezone.now()
        kept = []
        for name, number, days in rows:
            # All are written down before any is dealt with, as by two workers.
            found = like(name, mails[number], salt=f"{days}")
            row = bounces.take(found, source="pipe")
            kept.append((row.pk, start + timedelta(days=days)))
        Delivery.objects.update(state=before, bounce="", bounced_at=None, reply="")
        Suppression.objects.all().delete()
        Alarm.objects.all().delete()
        for pk, at in kept:
            Inbound.objects.filter(pk=pk).update(received_at=at, handled_at=None)
        for position in order:
            bounces.handle(inbound_id=kept[position][0])
        fields = ("state", "bounce", "bounced_at")
        states = [
            (state, bounce, at and (at - start).days)
            for state, bounce, at in Delivery.objects.order_by("pk").values_list(
                *fields
            )
        ]
        stopped = Suppression.objects.exists()
        alarmed = Alarm.objects.exists()
        transaction.savepoint_rollback(point)
    return states, stopped, alarmed


@pytest.mark.slow
@pytest.mark.both
@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CASES, st.sampled_from(["accepted", "unknown", "handed_over"]), st.data())
def test_any_order_comes_to_the_same_end(rows, before, data):
    straight = range(len(rows))
    shuffled = data.draw(st.permutations(straight))
    assert the_end(rows, shuffled, before) == the_end(rows, straight, before)


def test_what_broke_is_swept():
    delivery = make_delivery("unknown")
    row = take("postfix-delivered", delivery)
    Inbound.objects.filter(pk=row.pk).update(handled_at=None)
    Delivery.objects.update(state="unknown")
    bounces.sweep()
    delivery.refresh_from_db()
    assert delivery.state == "accepted"
