"""What devices at the doors say comes to the same, in whichever order and parts."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.audit.models import Entry
from engagement.events.models import Attendance, CheckIn, Registration
from engagement.events.services import attendances, doors
from engagement.events.services.doors import Word
from tests.factories import make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(published=True, starts_at=timezone.now(), capacity=1)


@pytest.fixture
def ann(event):
    return make_registration(event=event, name="Ann")


def word(about=None, action="in", ago=0, **more):
    at = timezone.now() - timedelta(seconds=ago)
    pk = about and about.pk
    return Word(key=uuid.uuid4(), action=action, at=at, registration=pk, **more)


def say(event, *words, by=None):
    return doors.apply(by=by, event=event, words=words, language="cy")


def came():
    return set(Attendance.objects.values_list("registration__name", flat=True))


def test_a_word_counts_once(manager, event, ann):
    one = word(ann)
    for _again in range(3):
        assert say(event, one, one, by=manager) == {one.key: ann.pk}
    attendance = Attendance.objects.get()
    assert (attendance.method, attendance.marked_by) == ("door", manager)
    assert CheckIn.objects.count() == 1
    entry = Entry.objects.get(action="event.checked_in")
    assert entry.detail == {"came": 1, "undone": 0}


def test_the_last_word_by_the_device_s_clock_decides(event, ann):
    say(event, word(ann, "undo", ago=5))
    say(event, word(ann, ago=9))
    assert came() == set()
    say(event, word(ann, ago=1))
    assert came() == {"Ann"}


def test_a_clock_that_is_ahead_is_held_to_the_arrival(event, ann):
    say(event, word(ann, ago=-7205), word(ann, "undo", ago=-7200))
    assert came() == {"Ann"}, "the order of its own words stays"
    assert all(row.at <= row.received_at for row in CheckIn.objects.all())
    say(event, word(ann, "undo"))
    assert came() == set(), "it does not outdo what is said later"


def test_who_walks_in_is_there_at_once_even_without_a_name(event, ann):
    named, unnamed = word(name="Eirlys", sector="voluntary"), word(sector="public")
    for _again in range(2):
        say(event, named, unnamed)
    assert came() == {"Eirlys", ""}
    row = Registration.objects.get(name="Eirlys")
    assert (row.source, row.state, row.language) == ("walk_in", "place", "cy")
    assert row.reference
    assert Registration.objects.count() == 3


def test_undoing_a_walk_in_takes_it_off_the_list_until_it_is_done_again(event):
    one = word(name="Eirlys", sector="public", ago=9)
    say(event, one, word(action="undo", walk_in=one.key, ago=5))
    assert came() == set()
    assert Registration.objects.get().state == "cancelled"
    assert not event.registrations.at_the_door()
    say(event, word(walk_in=one.key))
    assert came() == {"Eirlys"}
    assert Registration.objects.get().state == "place"


@pytest.mark.parametrize("state", ["waiting", "offered"])
def test_who_waits_is_let_in(event, state):
    one = make_registration(event=event, state=state, name="Ann")
    say(event, word(one))
    one.refresh_from_db()
    assert (one.state, came()) == ("place", {"Ann"})
    assert Entry.objects.filter(action="registration.let_in").count() == 1


def test_who_cancelled_meanwhile_is_not_counted_and_not_lost(event):
    gone = make_registration(event=event, state="cancelled", name="Ann")
    one = word(gone)
    assert say(event, one) == {one.key: gone.pk}
    assert came() == set()
    assert [row.at_door for row in event.registrations.at_the_door()] == ["gone"]
    say(event, word(gone, let_in=True))
    gone.refresh_from_db()
    assert (gone.state, gone.cancelled_at, came()) == ("place", None, {"Ann"})


def test_who_registered_again_comes_by_that(event):
    gone = make_registration(event=event, state="cancelled", email="a@example.org")
    make_registration(event=event, email="a@example.org")
    say(event, word(gone, let_in=True), word(sector="public", name="Bob"))
    assert came() == {"Bob"}, "and the other words are kept"


def test_nobody_of_another_event(event):
    stranger = make_registration()
    one, lost = word(stranger), word(walk_in=uuid.uuid4())
    assert say(event, one, lost) == {one.key: None, lost.key: None}
    assert not CheckIn.objects.exists()
    theirs = word(make_registration(event=event))
    say(event, theirs)
    other = make_event(published=True, starts_at=timezone.now())
    assert say(other, theirs) == {theirs.key: None}


def test_not_before_the_day(ann):
    tomorrow = make_event(published=True, days_ahead=1)
    with pytest.raises(attendances.NotYet):
        say(tomorrow, word(sector="public"))


def test_what_a_report_of_the_meeting_says_is_not_undone_at_the_door(event, ann):
    Attendance.objects.create(registration=ann, method="report", minutes=50)
    say(event, word(ann), word(ann, "undo"))
    assert Attendance.objects.get().minutes == 50
    attendances.mark(by=None, event=event, came=[])
    assert came() == set(), "the list can"


def test_a_late_word_does_not_undo_what_the_list_said_after_it(event, ann):
    attendances.mark(by=None, event=event, came=[ann.pk])
    say(event, word(ann, "undo", ago=60))
    assert came() == {"Ann"}
    assert Attendance.objects.get().method == "list"
    attendances.mark(by=None, event=event, came=[])
    say(event, word(ann, ago=60))
    assert came() == set()


def test_costs_the_same_for_many(event, django_assert_max_num_queries):
    people = [make_registration(event=event) for _n in range(30)]
    with django_assert_max_num_queries(17):
        say(event, *(word(one) for one in people))
    assert Attendance.objects.count() == 30


# (whom, action, how long ago): several at one moment too.
WORDS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["in", "undo"]), st.integers(0, 4)),
    max_size=8,
)


@pytest.mark.slow
@pytest.mark.both
@settings(max_examples=30)
@given(said=WORDS, data=st.data())
def test_any_order_repetition_and_split_comes_to_the_same(said, data):
    def outcome(parts):
        with transaction.atomic():
            for part in parts:
                say(event, *part)
            rows = event.registrations.order_by("name")
            found = [(row.name, row.state, hasattr(row, "attendance")) for row in rows]
            transaction.set_rollback(True)
        return found

    with transaction.atomic():
        event = make_event(published=True, starts_at=timezone.now())
        people = [
            make_registration(event=event, name=state, state=state)
            for state in ("place", "waiting", "cancelled")
        ]
        first = word(name="walked in", sector="public", ago=3)
        say(event, first)
        people.append(event.registrations.get(source="walk_in"))
        base = timezone.now()
        words = [
            Word(
                key=uuid.uuid4(),
                action=action,
                at=base - timedelta(seconds=ago),
                registration=people[whom].pk,
            )
            for whom, action, ago in said
        ]
        shuffled = data.draw(st.permutations(words + words[::2]))
        cut = data.draw(st.integers(0, len(shuffled)))
        once = outcome([words])
        assert outcome([shuffled[:cut], shuffled[cut:]]) == once
        assert outcome([[one] for one in shuffled]) == once
        transaction.set_rollback(True)
