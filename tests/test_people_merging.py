"""Two people or bodies become one, lose nothing, and can be parted again."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.audit.models import Entry
from engagement.events.services import registrations
from engagement.people.models import (
    Affiliation,
    Consent,
    EmailAddress,
    Interest,
    Merge,
    Organisation,
    Person,
    Suppression,
    Tag,
)
from engagement.people.services import consents, erasure, merging, people, suppressions
from engagement.studies.models import Enquiry
from newsletters.models import Delivery, Subscription
from tests import factories

pytestmark = pytest.mark.django_db
HISTORY = {"audit.Entry", "people.Merge"}


def merge(kept, merged, fields=()):
    return merging.merge(by=None, kept=kept, merged=merged, fields=fields)


def state():
    """Every row of every table, but for the trail and the merges themselves."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in HISTORY
    }


def counts():
    return Counter(
        {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label not in HISTORY
        }
    )


class World:
    """One of each thing that can point at a person."""

    def __init__(self):
        self.newsletter = factories.make_newsletter()
        self.issue = factories.make_issue(newsletter=self.newsletter)
        self.event = factories.make_event(published=True)
        self.body = factories.make_organisation()
        self.group = factories.make_group(study=self.newsletter.study)
        self.interest = Interest.objects.create(slug="i", name_en="I", name_cy="I")
        self.tag = Tag.objects.create(name="t")

    def subscribe(self, person):
        Subscription.objects.get_or_create(newsletter=self.newsletter, person=person)
        self._consent(consents.give, person, wording="w", wording_version="1")

    def withdraw(self, person):
        self._consent(consents.withdraw, person)

    def _consent(self, verb, person, **fields):
        if "wording" in fields:
            fields["language"] = "en"
        verb(
            person=person,
            purpose="newsletter",
            about=self.newsletter.slug,
            source="form",
            **fields,
        )

    def deliver(self, person):
        Delivery.objects.get_or_create(
            issue=self.issue,
            person=person,
            defaults={
                "address": person.email,
                "language": "en",
                "token": f"t{person.pk}",
                "due_at": timezone.now(),
            },
        )

    def register(self, person):
        registrations.register(
            by=None,
            event=self.event,
            language="en",
            name=person.name,
            email=person.email,
            organisation="",
            sector="private",
            wants_welsh=False,
        )

    def sit(self, person):
        factories.make_seat(group=self.group, member=person)

    def work(self, person):
        Affiliation.objects.create(person=person, organisation=self.body)

    def ask(self, person):
        Enquiry.objects.create(
            person=person, channel="email", asked_on="2026-01-01", question="?"
        )

    def like(self, person):
        person.interests.add(self.interest)

    def mark(self, person):
        person.tags.add(self.tag)

    def write_from(self, person):
        address = f"other{person.pk}@example.org"
        if not people.find(address):
            EmailAddress.of(person, address).save()


DEEDS = [name for name in vars(World) if not name.startswith("_")]


@pytest.mark.slow
@pytest.mark.both
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.booleans()), max_size=12),
    fields=st.sets(st.sampled_from(["name", "email", "language"])),
    accounts=st.tuples(st.booleans(), st.booleans()),
)
def test_merging_loses_no_row_and_undoing_gives_back_every_value(
    db, deeds, fields, accounts
):
    from django.db import transaction

    with transaction.atomic():
        world = World()
        two = [
            factories.make_person(user=factories.make_user() if has else None)
            for has in accounts
        ]
        for deed, which in deeds:
            getattr(world, deed)(two[which])
        before, number = state(), counts()
        record = merge(*two, fields)
        assert counts() == number
        left = set(
            Person.objects.filter(pk=two[1].pk).values_list("merged_into", flat=True)
        )
        assert left == {two[0].pk}
        merging.undo(by=None, merge=record)
        assert state() == before
        transaction.set_rollback(True)


def test_everything_is_the_kept_ones():
    world = World()
    kept, merged = factories.make_person(), factories.make_person()
    for deed in DEEDS:
        getattr(world, deed)(merged)
    merge(kept, merged)
    kept.refresh_from_db()
    for of_kept in (
        *(kept.subscriptions, kept.consents, kept.deliveries, kept.registrations),
        *(kept.memberships, kept.affiliations, kept.enquiries, kept.interests),
        *(kept.tags, kept.addresses),
    ):
        assert of_kept.exists(), of_kept
    assert people.find(merged.email) == kept


def test_the_second_of_two_stays_with_the_merged_row():
    world = World()
    kept, merged = factories.make_person(), factories.make_person()
    for person in (kept, merged):
        world.deliver(person)
        world.subscribe(person)
    merge(kept, merged)
    assert Delivery.objects.count() == 2
    assert kept.deliveries.count() == merged.deliveries.count() == 1
    assert Subscription.objects.in_force().get().person == kept


def test_what_the_kept_one_lacks_is_taken():
    kept = factories.make_person(email="")
    merged = factories.make_person(email="ann@example.org", user=factories.make_user())
    merge(kept, merged)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.email, merged.email) == ("ann@example.org", "")
    assert kept.user
    assert merged.user is None


def test_the_last_word_wins_whoever_said_it():
    world = World()
    kept, merged = factories.make_person(), factories.make_person()
    world.subscribe(kept)
    world.subscribe(merged)
    world.withdraw(merged)
    record = merge(kept, merged)
    assert not Subscription.objects.in_force().exists(), "a merge is no new wish"
    merging.undo(by=None, merge=record)
    assert Subscription.objects.in_force().get().person == kept


def test_an_address_never_to_be_written_to_stops_the_whole_person():
    world = World()
    kept, merged = factories.make_person(), factories.make_person()
    world.subscribe(kept)
    suppressions.add(
        by=None, address=merged.email, reason=Suppression.Reason.COMPLAINED
    )
    merge(kept, merged)
    assert not Subscription.objects.in_force().exists()


def test_what_came_since_stays_with_the_kept_one():
    world = World()
    kept, merged = factories.make_person(), factories.make_person()
    record = merge(kept, merged)
    world.sit(Person.objects.get(pk=kept.pk))
    kept.refresh_from_db()
    kept.name = "Renamed"
    kept.save()
    merging.undo(by=None, merge=record)
    kept.refresh_from_db()
    assert kept.name == "Renamed"
    assert kept.memberships.count() == 1


def test_writers_follow_to_the_kept_one():
    kept, merged = factories.make_person(), factories.make_person()
    merge(kept, merged)
    World().withdraw(merged)
    assert Consent.objects.get().person == kept


def test_chains_are_undone_from_the_end():
    one, two, three = (factories.make_person() for _n in range(3))
    first, second = merge(two, one), merge(three, two)
    assert people.find(one.email) == three
    with pytest.raises(merging.CannotUndo, match="Undo that first"):
        merging.undo(by=None, merge=first)
    merging.undo(by=None, merge=second)
    merging.undo(by=None, merge=first)
    assert people.find(one.email) == one


def test_undo_has_its_time():
    record = merge(factories.make_person(), factories.make_person())
    with (
        time_machine.travel(timezone.now() + timedelta(days=31)),
        pytest.raises(merging.CannotUndo, match="30 days"),
    ):
        merging.undo(by=None, merge=record)
    merging.undo(by=None, merge=record)
    with pytest.raises(merging.CannotUndo, match="has been undone"):
        merging.undo(by=None, merge=record)


def test_what_cannot_be_merged():
    one, two, three = (factories.make_person() for _n in range(3))
    with pytest.raises(merging.CannotMerge):
        merge(one, one)
    merge(one, two)
    with pytest.raises(merging.CannotMerge):
        merge(three, two)
    erasure.erase(by=None, person=one)
    with pytest.raises(merging.CannotMerge):
        merge(three, one)


def test_after_an_erasure_there_is_nothing_to_undo():
    one, two = factories.make_person(), factories.make_person()
    record = merge(one, two)
    erasure.erase(by=None, person=one)
    assert not Merge.objects.filter(pk=record.pk).exists()
    assert not Person.objects.exists()


def test_the_trail_names_numbers(manager):
    one, two = factories.make_person(name="Ann"), factories.make_person(name="Bob")
    merging.merge(by=manager, kept=one, merged=two)
    entry = Entry.objects.get(action="person.merged")
    assert (entry.target, entry.detail) == (f"#{one.pk}", {"merged": f"#{two.pk}"})


class TestBodies:
    def test_names_become_other_names(self):
        kept = factories.make_organisation()
        merged = factories.make_organisation(
            name_en="Old Council", name_cy="Hen Gyngor"
        )
        factories.make_person(organisation=merged)
        before = state()
        record = merge(kept, merged)
        assert {*kept.aliases.values_list("name", flat=True)} == {
            "Old Council",
            "Hen Gyngor",
        }
        assert kept.affiliations.count() == 1
        merging.undo(by=None, merge=record)
        assert state() == before

    def test_a_body_merged_with_one_above_it_makes_no_circle(self):
        top = factories.make_organisation()
        middle = factories.make_organisation(parent=top)
        low = factories.make_organisation(parent=middle)
        record = merge(low, top)
        low.refresh_from_db()
        middle.refresh_from_db()
        assert low.parent is None
        assert middle.parent == low
        merging.undo(by=None, merge=record)
        assert Organisation.objects.get(pk=low.pk).parent == middle
        assert Organisation.objects.get(pk=middle.pk).parent == top
