"""Terms: from a day, to a day, never overwritten."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.audit.models import Entry
from engagement.core.errors import Refused
from engagement.groups.models import DeclaredInterest, Membership, Seat
from engagement.groups.services import memberships
from engagement.people.models import Succession
from tests.factories import make_group, make_organisation, make_person, make_seat

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
FIELDS = {"role": "member", "nomination": "body", "nomination_note": "By letter"}


@pytest.fixture
def seat():
    return make_seat(group=make_group(), label_en="Police seat")


def begin(seat, started_on=DAY, **fields):
    fields = {"email": make_person().email} | fields
    return memberships.fill(by=None, seat=seat, started_on=started_on, **fields)


def test_fills_from_a_day_in_the_past_or_ahead(manager_client, seat):
    url = f"/en/groups/seats/{seat.pk}/fill/"
    old, new = make_person(), make_person()
    days = {"started_on": "2010-01-01", "ended_on": "2011-01-01"}
    manager_client.post(url, FIELDS | days | {"email": old.email})
    ahead = timezone.localdate() + timedelta(days=30)
    manager_client.post(url, FIELDS | {"email": new.email, "started_on": ahead})
    first, last = Membership.objects.all()
    assert (first.person, first.nomination_note) == (old, "By letter")
    assert (last.person, last.started_on) == (new, ahead)
    assert list(Membership.objects.on(date(2010, 3, 1))) == [first]
    assert not Membership.objects.on(timezone.localdate()).exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"role": ""}, "Choose a role."),
        ({"started_on": "soon"}, "Enter a date like 2026-01-31."),
        (
            {"started_on": "2026-05-02", "ended_on": "2026-05-01"},
            "The term began later than this.",
        ),
        ({"nomination_note": "a\x00"}, "Leave out characters that cannot be shown."),
    ],
)
def test_bad_terms_are_named(manager_client, seat, fields, error):
    email = {"email": make_person().email}
    url = f"/en/groups/seats/{seat.pk}/fill/"
    answer = manager_client.post(url, FIELDS | email | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Membership.objects.exists()


def test_terms_of_one_seat_do_not_overlap(seat):
    begin(seat, DAY, ended_on=DAY + timedelta(days=10))
    with pytest.raises(memberships.Taken):
        begin(seat, DAY + timedelta(days=9))
    with pytest.raises(memberships.Taken):
        begin(seat, DAY - timedelta(days=5))
    # The day of the end is the first without them.
    begin(seat, DAY + timedelta(days=10))


def test_a_deputy_and_observers_sit_beside(seat):
    begin(seat)
    begin(seat, role="deputy")
    begin(seat, role="observer")
    begin(seat, role="observer")
    with pytest.raises(memberships.Taken):
        begin(seat, role="deputy")
    assert Membership.objects.count() == 4


def test_nobody_has_a_seat_twice(seat):
    person = make_person()
    begin(seat, email=person.email)
    with pytest.raises(memberships.Taken):
        begin(seat, email=person.email, role="observer")


def test_one_chair_at_a_time(seat):
    other = make_seat(group=seat.group)
    chair = begin(seat, role="chair")
    with pytest.raises(memberships.Taken):
        begin(other, role="chair", started_on=DAY + timedelta(days=3))
    memberships.end(by=None, membership=chair, on=DAY + timedelta(days=3))
    begin(other, role="chair", started_on=DAY + timedelta(days=3))
    # Of another group, another.
    begin(make_seat(group=make_group()), role="chair")


def test_a_seat_is_filled_only_while_the_group_has_it(seat):
    Seat.objects.filter(pk=seat.pk).update(opened_on=DAY, closed_on=date(2026, 6, 1))
    seat.refresh_from_db()
    with pytest.raises(memberships.SeatClosed):
        begin(seat, DAY - timedelta(days=1), ended_on=date(2026, 5, 20))
    with pytest.raises(memberships.SeatClosed):
        begin(seat)
    begin(seat, ended_on=date(2026, 6, 1))


@time_machine.travel("2026-05-10 12:00")
def test_an_end_ahead_can_be_moved_and_one_that_is_over_cannot(seat):
    term = begin(seat, ended_on=date(2026, 6, 1))
    memberships.end(by=None, membership=term, on=date(2026, 5, 20))
    term.refresh_from_db()
    assert term.ended_on == date(2026, 5, 20)
    with time_machine.travel("2026-05-21 12:00"):
        memberships.end(by=None, membership=term, on=date(2026, 7, 1))
    term.refresh_from_db()
    assert term.ended_on == date(2026, 5, 20)


def test_what_was_entered_today_is_taken_back_today(manager_client, seat):
    with time_machine.travel("2026-05-10 12:00"):
        term = begin(seat)
        url = f"/en/groups/memberships/{term.pk}/take-back/"
        assert manager_client.get(url).status_code == 405
    with time_machine.travel("2026-05-11 12:00"):
        page = manager_client.post(url, follow=True).content.decode()
        assert "This was written down on another day" in page
        memberships.end(by=None, membership=term)
        manager_client.post(url)
        term.refresh_from_db()
        assert term.ended_on is None
    with time_machine.travel("2026-05-10 18:00"):
        manager_client.post(url)
    assert not Membership.objects.exists()
    assert Entry.objects.filter(action="seat.taken_back").count() == 2


def test_an_end_is_not_taken_back_over_a_successor(seat):
    with time_machine.travel("2026-05-10 12:00"):
        term = begin(seat)
    memberships.end(by=None, membership=term, on=date(2026, 5, 20))
    begin(seat, date(2026, 5, 20))
    with pytest.raises(memberships.Taken):
        memberships.take_back(by=None, membership=term)


def test_somebody_whose_term_is_ahead_is_no_member_yet(
    member_client, steering_member, seat
):
    person = make_person(user=steering_member)
    tomorrow = timezone.localdate() + timedelta(days=1)
    begin(seat, tomorrow, email=person.email)
    url = f"/en/groups/{seat.group.slug}/sat/"
    assert member_client.get(url).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        member_client.force_login(steering_member, backend=BACKEND)
        assert member_client.get(url).status_code == 200


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_successor_settles_what_was_looked_for(seat):
    looked = Succession.objects.create(
        person=make_person(), target_kind=memberships.SEAT, target_id=seat.pk
    )
    # Somebody of years ago is no successor.
    begin(seat, date(2010, 1, 1), ended_on=date(2011, 1, 1))
    looked.refresh_from_db()
    assert looked.settled_at is None
    begin(seat)
    looked.refresh_from_db()
    assert looked.settled_at is not None


def test_the_page_of_a_term_ends_it_on_a_day(manager_client, seat):
    url = f"/en/groups/memberships/{begin(seat).pk}/"
    answer = manager_client.post(url, {"on": "2026-04-01"})
    assert answer.status_code == 422
    assert "The term began later than this." in answer.content.decode()
    assert manager_client.post(url, {"on": ""}).status_code == 422
    manager_client.post(url, {"on": "2026-05-08"})
    assert Membership.objects.get().ended_on == date(2026, 5, 8)


def test_interests_are_for_members_and_staff(
    client, member_client, manager_client, steering_member, seat
):
    term = begin(seat)
    url = f"/en/groups/memberships/{term.pk}/interest/"
    fields = {"text": "Owns a <b>share</b>", "declared_on": "2026-05-02"}
    assert manager_client.post(url, {"text": ""}).status_code == 422
    manager_client.post(url, fields)
    page = f"/en/groups/{seat.group.slug}/interests/"
    assert client.get(page).status_code == 302
    assert member_client.get(page).status_code == 403
    make_seat(group=seat.group, member=make_person(user=steering_member))
    shown = member_client.get(page).content.decode()
    assert "Owns a &lt;b&gt;share" in shown
    row = DeclaredInterest.objects.get()
    manager_client.post(f"/en/groups/interests/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_on == timezone.localdate()
    assert "no longer since" in member_client.get(page).content.decode()


def test_seats_are_added_changed_moved_and_closed(manager_client):
    group, body = make_group(seats=1), make_organisation()
    new = f"/en/groups/manage/{group.slug}/seats/new/"
    fields = {"label_en": "Charity", "label_cy": "Elusen", "need": "wanted"}
    answer = manager_client.post(new, fields)
    assert answer.status_code == 422
    assert "Say whom it is for" in answer.content.decode()
    manager_client.post(new, fields | {"organisation": body.pk})
    seat = group.seats.get(label_en="Charity")
    assert (seat.need, seat.organisation) == ("wanted", body)
    manager_client.post(f"/en/groups/seats/{seat.pk}/move/", {"to": "up"})
    assert group.seats.first() == seat
    term = begin(seat)
    close = f"/en/groups/seats/{seat.pk}/close/"
    assert manager_client.post(close, {"on": "2026-06-01"}).status_code == 422
    memberships.end(by=None, membership=term, on=date(2026, 6, 1))
    edit = f"/en/groups/seats/{seat.pk}/"
    late = fields | {"sector": "voluntary", "opened_on": "2026-05-10"}
    assert manager_client.post(edit, late).status_code == 422
    manager_client.post(edit, late | {"opened_on": "2026-04-01"})
    manager_client.post(close, {"on": "2026-06-01"})
    assert seat not in group.seats.on(date(2026, 6, 1))
    assert seat in group.seats.on(date(2026, 5, 31))
    page = manager_client.get(f"/en/groups/{group.slug}/").content.decode()
    assert "Charity" not in page
    history = manager_client.get(f"/en/groups/manage/{group.slug}/seats/")
    assert "Done away with" in history.content.decode()


def test_the_page_of_seats_costs_few_queries(
    manager_client, django_assert_max_num_queries
):
    group = make_group()
    for _ in range(6):
        begin(make_seat(group=group))
    with django_assert_max_num_queries(6):
        manager_client.get(f"/en/groups/manage/{group.slug}/seats/")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["fill", "end"]),
        st.integers(0, 1),
        st.integers(0, 20),
        st.none() | st.integers(0, 20),
    ),
    max_size=8,
)


class WhoSatOnADay(TestCase):
    """Whatever is begun and ended, in whatever order: for each day the answer is what a
    plain diary of days says."""

    @pytest.mark.slow
    @pytest.mark.both
    @settings(max_examples=25, deadline=None)
    @given(steps=STEPS)
    @time_machine.travel("2026-01-01 12:00")
    def test_the_answer_is_right(self, steps):
        seat, diary = make_seat(group=make_group()), {}
        people = [make_person(), make_person()]
        for verb, who, first, last in steps:
            start = DAY + timedelta(days=first)
            after = None if last is None else DAY + timedelta(days=last)
            if verb == "fill":
                self.begin(seat, people[who], start, after, diary)
            else:
                self.end(seat, start, diary)
        for number in range(25):
            day = DAY + timedelta(days=number)
            sat = [term.person for term in Membership.objects.on(day)]
            assert sat == ([diary[number]] if number in diary else [])

    def begin(self, seat, person, start, after, diary):
        days = range((start - DAY).days, 60 if after is None else (after - DAY).days)
        backward = after is not None and after < start
        taken = any(day in diary for day in days)
        try:
            begin(seat, start, ended_on=after, email=person.email)
        except Refused:
            assert backward or taken
        else:
            assert not backward
            assert not taken
            diary |= dict.fromkeys(days, person)

    def end(self, seat, on, diary):
        """Of the last to begin."""
        term = seat.memberships.last()
        if term is None:
            return
        before = [day for day in diary if day >= (term.started_on - DAY).days]
        try:
            memberships.end(by=None, membership=term, on=on)
        except Refused:
            return
        for day in before:
            del diary[day]
        days = range((term.started_on - DAY).days, (on - DAY).days)
        diary |= dict.fromkeys(days, term.person)
