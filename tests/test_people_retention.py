"""What is over is listed, waits a week where staff can see it, and then goes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.people import keeping
from engagement.people.models import (
    Consent,
    Due,
    Merge,
    Person,
    Suppression,
)
from engagement.people.services import erasure, merging, people, retention
from engagement.studies.models import Enquiry
from engagement.studies.services import enquiries
from newsletters.models import Delivery, Subscription
from newsletters.services import subscriptions
from tests import factories
from tests.support.overdue import (
    DAY,
    EXAMPLES,
    LONG,
    an_answered_enquiry,
    an_applied_import,
    an_idle_person,
    an_old_merge,
    an_unconfirmed_sign_up,
    sign_up,
)

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moving:
        yield moving


def listed(key=None):
    rows = Due.objects.open()
    return [due.target_id for due in (rows.filter(rule=key) if key else rows)]


def list_now():
    return retention.list_due(by=None)


def act_now():
    return retention.act(by=None)


def test_every_rule_has_an_example_here():
    assert {rule.key for rule in keeping.rules()} == set(EXAMPLES)


class TestEveryRule:
    @pytest.fixture(params=sorted(EXAMPLES))
    def key(self, request):
        return request.param

    def test_is_listed_waits_and_leaves_nothing_due(self, clock, key):
        row = EXAMPLES[key](clock)
        assert list_now() == 1
        assert list_now() == 0, "once is enough"
        assert listed(key) == [row.pk]
        clock.shift(6 * DAY)
        assert act_now() == retention.Night(0, {}, 0, [])
        clock.shift(DAY)
        assert act_now() == retention.Night(0, {key: 1}, 0, [])
        rule = next(rule for rule in keeping.rules() if rule.key == key)
        assert not rule.due(timezone.now() - rule.keep).exists()
        assert list_now() == 0
        due = Due.objects.get()
        assert (due.person, due.held_reason, due.done_at) == (None, "", timezone.now())

    def test_not_a_day_too_soon(self, clock, key):
        EXAMPLES[key](clock)
        clock.shift(-2 * DAY)
        assert list_now() == 0

    def test_is_in_the_trail_by_number(self, clock, key):
        EXAMPLES[key](clock)
        list_now()
        due = Due.objects.get()
        clock.shift(7 * DAY)
        act_now()
        trail = Entry.objects.filter(target_kind="people.due", target_id=due.pk)
        assert [*trail.order_by("pk").values_list("action", "target")] == [
            ("retention.listed", f"{key} #{due.target_id}"),
            ("retention.done", f"{key} #{due.target_id}"),
        ]

    def test_a_hold_keeps_it_and_a_release_gives_a_week(self, clock, key, manager):
        EXAMPLES[key](clock)
        list_now()
        due = Due.objects.get()
        retention.hold(by=manager, due=due, reason="A complaint is open.")
        clock.shift(90 * DAY)
        assert act_now().done == {}
        assert list_now() == 0, "it is on the list already"
        retention.release(by=manager, due=due)
        clock.shift(6 * DAY)
        assert act_now().done == {}
        clock.shift(DAY)
        assert act_now().done == {key: 1}
        with pytest.raises(retention.NotListed):
            retention.hold(by=manager, due=due, reason="Too late.")
        actions = Entry.objects.filter(target_kind="people.due", actor=str(manager))
        assert {*actions.values_list("action", flat=True)} == {
            "retention.held",
            "retention.released",
        }


class TestIdlePeople:
    def test_go_and_are_not_written_to_again(self, clock):
        person = an_idle_person(clock)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        assert not Person.objects.exists()
        assert Suppression.objects.get().reason == "retained"
        assert Entry.objects.get(action="person.erased").target == f"#{person.pk}"

    def test_what_was_counted_stays(self, clock):
        subscription = factories.make_subscription()
        person, newsletter = subscription.person, subscription.newsletter
        issue = factories.make_issue(newsletter=newsletter)
        Delivery.objects.create(
            issue=issue,
            person=person,
            address=person.email,
            language="en",
            token="t",
            due_at=timezone.now(),
            state="accepted",
        )
        subscriptions.leave(newsletter=newsletter, person=person)
        clock.shift(LONG)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        assert not Person.objects.exists()
        assert Delivery.objects.filter(state="accepted", person=None).count() == 1
        assert Consent.objects.filter(person=None).count() == 2

    def test_who_came_back_drops_off(self, clock):
        person = an_idle_person(clock)
        list_now()
        clock.shift(7 * DAY)
        enquiries.record(
            by=None,
            study=None,
            question="?",
            channel="email",
            language="en",
            asked_on=timezone.localdate(),
            email=person.email,
        )
        assert act_now() == retention.Night(0, {}, 1, [])
        assert Person.objects.exists()
        assert not Due.objects.exists()
        assert Entry.objects.filter(action="retention.dropped").count() == 1

    def test_who_was_merged_or_erased_meanwhile_drops_off(self, clock):
        one, two = factories.make_person(), factories.make_person()
        clock.shift(LONG)
        assert list_now() == 2
        merging.merge(by=None, kept=two, merged=one)
        clock.shift(7 * DAY)
        assert act_now().dropped == 2, "a merge is something that happened"
        clock.shift(LONG)
        assert list_now() == 2, "the person, and what would undo the merge"
        erasure.erase(by=None, person=two)
        assert not Due.objects.exists(), "it is of nobody any more"

    def test_one_that_fails_stops_nobody(self, clock, caplog, monkeypatch):
        wrong, *_others = [factories.make_person() for _number in range(3)]
        clock.shift(LONG)
        list_now()
        clock.shift(7 * DAY)
        rule = next(rule for rule in keeping.rules() if rule.key == "idle")

        def act(*, by, row):
            rule.act(by=by, row=row)
            if row == wrong:
                raise OSError("The disk is full.")

        monkeypatch.setitem(keeping._rules, "idle", replace(rule, act=act))
        night = act_now()
        assert night.done == {"idle": 2}
        due = Due.objects.get(pk__in=night.failed)
        assert Person.objects.get() == wrong == due.person
        assert (due.done_at, due.failed_at) == (None, timezone.now())
        assert Entry.objects.get(action="retention.failed").target_id == due.pk
        assert "The disk is full." in caplog.text
        monkeypatch.undo()
        assert act_now().done == {"idle": 1}, "it is tried again"


class TestSignUps:
    def test_go_with_a_person_of_whom_nothing_else_is_known(self, clock):
        an_unconfirmed_sign_up(clock)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        assert not Subscription.objects.exists()
        assert not Person.objects.exists()
        assert not Suppression.objects.exists(), "they have not asked for silence"

    @pytest.mark.parametrize("known_by", ["consent", "staff", "seat", "post"])
    def test_go_without_a_person_who_is_known_otherwise(self, clock, manager, known_by):
        email = "ann@example.org"
        person = people.create(
            by=manager if known_by == "staff" else None,
            email=email,
            name="Ann",
            language="en",
        )
        if known_by == "consent":
            other = factories.make_subscription(person=person).newsletter
            subscriptions.leave(newsletter=other, person=person)
        if known_by == "seat":
            factories.make_seat(group=factories.make_group(), member=person)
        if known_by == "post":
            person.affiliations.create(organisation_name="A council")
        asked = sign_up(email)
        clock.shift(31 * DAY)
        list_now()
        clock.shift(7 * DAY)
        assert act_now().done == {"unconfirmed": 1}
        assert not Subscription.objects.filter(pk=asked.pk).exists()
        assert Person.objects.get() == person

    def test_asked_for_again_they_stay(self, clock):
        asked = an_unconfirmed_sign_up(clock)
        list_now()
        clock.shift(7 * DAY)
        sign_up(newsletter=asked.newsletter)
        assert act_now().dropped == 1
        assert Subscription.objects.get() == asked

    def test_confirmed_or_withdrawn_they_are_never_listed(self, clock):
        kept = factories.make_subscription()
        left = factories.make_subscription()
        subscriptions.leave(newsletter=left.newsletter, person=left.person)
        clock.shift(31 * DAY)
        assert list_now() == 0
        assert Subscription.objects.in_force().get() == kept

    def test_what_a_merge_left_behind_is_there_to_undo_it(self, clock):
        newsletter = factories.make_newsletter()
        one, two = (
            factories.make_subscription(newsletter=newsletter) for _n in range(2)
        )
        clock.shift(40 * DAY)
        merging.merge(by=None, kept=one.person, merged=two.person)
        assert list_now() == 0


class TestTheOthers:
    def test_an_enquiry_is_still_counted_and_still_says_what_was_asked(self, clock):
        enquiry = an_answered_enquiry(clock)
        before = enquiries.speed(Enquiry.objects.all())
        list_now()
        clock.shift(7 * DAY)
        act_now()
        enquiry.refresh_from_db()
        assert (enquiry.person, enquiry.question) == (None, "?")
        assert enquiries.speed(Enquiry.objects.all()) == before

    def test_an_open_enquiry_keeps_its_asker(self, clock):
        person = factories.make_person()
        Enquiry.objects.create(
            person=person, channel="email", asked_on=date(2026, 1, 5), question="?"
        )
        clock.shift(2 * LONG)
        assert list_now() == 0

    def test_an_import_keeps_its_counts(self, clock):
        record = an_applied_import(clock)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        record.refresh_from_db()
        assert record.result == {"counts": {"new": 1}}
        assert record.choices == {"overwrite": True}

    def test_a_merge_keeps_who_became_whom(self, clock):
        merge = an_old_merge(clock)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        merge.refresh_from_db()
        assert merge.before == {}
        assert Person.objects.get(pk=merge.merged_id).name == ""
        assert Person.objects.get(pk=merge.kept_id).name == "Siân"
        with pytest.raises(merging.CannotUndo):
            merging.undo(by=None, merge=merge)

    def test_a_merge_undone_and_done_again_can_be_undone_again(self, clock):
        merge = an_old_merge(clock)
        clock.shift(-2 * DAY)
        merging.undo(by=None, merge=merge)
        one, two = Person.objects.order_by("pk")
        clock.shift(2 * DAY)
        again = merging.merge(by=None, kept=one, merged=two)
        list_now()
        clock.shift(7 * DAY)
        act_now()
        merging.undo(by=None, merge=again)
        assert Person.objects.get(pk=two.pk).name == two.name != ""

    def test_a_merge_that_can_be_undone_is_not_forgotten(self, clock):
        merge = an_old_merge(clock)
        clock.shift(-2 * DAY)
        with pytest.raises(merging.CanBeUndone):
            merging.forget(by=None, merge=merge)
        assert Merge.objects.get().before
