"""What the secretary is told: each thing once, until it is no longer so."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.events.models import Attendance
from engagement.groups.models import Membership, Notice
from engagement.groups.services import memberships, notices
from engagement.mail.models import Message
from engagement.studies.services import ownerships
from tests.factories import (
    make_group,
    make_meeting,
    make_person,
    make_registration,
    make_seat,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


@pytest.fixture
def group():
    return make_group(secretary=make_user(email="sec@example.org"), name_en="Board")


def seated(group, **fields):
    """A seat, and who has had it for long."""
    seat = make_seat(group=group, member=make_person(), **fields)
    term = seat.memberships.get()
    term.started_on -= LONG_AGO
    term.save()
    return seat, term


def hold(group, *people, sector="private"):
    """A meeting to which these people came, and somebody of a sector."""
    number = group.meetings.count()
    meeting = make_meeting(group=group, days_ahead=-90 + number, status="held")
    for person in [*people, None]:
        row = make_registration(event=meeting.event, person=person, sector=sector)
        Attendance.objects.create(registration=row)
    return meeting


def kinds():
    notices.sweep()
    return sorted(Notice.objects.open().values_list("kind", flat=True))


def test_an_empty_seat_that_is_required(group):
    make_seat(group=group, need="wanted")
    make_seat(group=group, filled_unnamed=True)
    seat = make_seat(group=group, label_en="Police", label_cy="Heddlu")
    assert kinds() == ["empty_seat"]
    assert notices.sweep() == 0
    person = make_person()
    ahead = timezone.localdate() + timedelta(days=9)
    memberships.fill(by=None, seat=seat, email=person.email, started_on=ahead)
    assert kinds() == []
    row = Notice.objects.get()
    assert row.settled_by is None
    assert row.ceased_at is not None


def test_is_mailed_once_in_both_languages(group, deliver_mail):
    seat = make_seat(group=group, label_en="Police", label_cy="Heddlu")
    notices.sweep()
    [mail] = deliver_mail()
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "sec@example.org"
    assert "A seat that must be filled is empty: Police" in text
    assert "Mae sedd y mae'n rhaid ei llenwi yn wag: Heddlu" in text
    assert f"/en/groups/seats/{seat.pk}/fill/" in text
    assert f"/cy/groups/seats/{seat.pk}/fill/" in text
    notices.sweep()
    assert deliver_mail() == []


def test_managers_are_told_where_there_is_no_secretary(manager):
    group = make_group()
    assert kinds() == []
    make_meeting(group=group)
    assert kinds() == ["no_secretary"]
    assert Message.objects.get().to == manager.email
    seat = make_seat(group=group)
    term = memberships.fill(
        by=None, seat=seat, email=make_person().email, role="secretary"
    )
    assert kinds() == []
    memberships.end(by=None, membership=term)
    assert kinds() == ["empty_seat", "no_secretary"]


def test_it_waits_while_nobody_can_be_told():
    make_meeting(group=make_group())
    notices.sweep()
    assert Notice.objects.get().sent_at is None
    make_user()
    notices.sweep()
    assert Notice.objects.get().sent_at is not None
    assert Message.objects.count() == 1


def test_nobody_of_a_sector_and_a_member_who_never_came(group):
    _seat, term = seated(group, sector="voluntary")
    for _ in range(2):
        hold(group)
    assert kinds() == []
    hold(group)
    assert kinds() == ["never_came", "silent_sector"]
    about = set(Notice.objects.values_list("about", flat=True))
    assert about == {f"membership-{term.pk}", "sector-voluntary"}
    hold(group, term.person)
    assert kinds() == []


def test_a_deputy_speaks_for_the_sector_and_not_for_the_member(group):
    seat, _term = seated(group, sector="voluntary")
    deputy = make_person()
    day = timezone.localdate() - LONG_AGO
    Membership.objects.create(seat=seat, person=deputy, role="deputy", started_on=day)
    for _ in range(3):
        hold(group, deputy)
    assert kinds() == ["never_came"]


def test_a_meeting_of_which_nobody_marked_who_came_says_nothing(group):
    seated(group, sector="voluntary")
    for _ in range(4):
        make_meeting(group=group, days_ahead=-5, status="held")
    assert kinds() == []


def test_the_chair_and_the_champion_left_and_a_review_is_due(group):
    group.study, group.review_on = make_study(), timezone.localdate()
    group.save()
    seat, term = seated(group)
    Membership.objects.filter(pk=term.pk).update(role="chair")
    long_ago = timezone.localdate() - LONG_AGO
    champion = ownerships.begin(
        by=None,
        study=group.study,
        role="champion",
        started_on=long_ago,
        post_en="Head",
        post_cy="Pennaeth",
    )
    assert kinds() == ["review_due"]
    term.refresh_from_db()
    memberships.end(by=None, membership=term)
    ownerships.end(by=None, ownership=champion)
    assert kinds() == ["chair_left", "champion_left", "empty_seat", "review_due"]
    new = make_person()
    memberships.fill(by=None, seat=seat, email=new.email, role="chair")
    assert kinds() == ["champion_left", "review_due"]


def test_nothing_of_a_group_that_is_only_proposed():
    make_group(kind="proposed", seats=2)
    assert kinds() == []


def test_staff_settle_with_a_word_and_it_is_not_raised_again(
    manager_client, manager, group
):
    make_seat(group=group)
    notices.sweep()
    row = Notice.objects.get()
    url = f"/en/groups/notices/{row.pk}/"
    assert manager_client.post(url, {"what_was_done": ""}).status_code == 422
    manager_client.post(url, {"what_was_done": "Asked the police"})
    row.refresh_from_db()
    assert (row.settled_by, row.what_was_done) == (manager, "Asked the police")
    assert notices.sweep() == 0
    page = manager_client.get(f"/en/groups/manage/{group.slug}/notices/")
    assert "Asked the police" in page.content.decode()
    with time_machine.travel(timezone.now() + notices.AGAIN + timedelta(days=1)):
        assert notices.sweep() == 1


def test_the_list_and_the_dashboard(
    manager_client, group, django_assert_max_num_queries
):
    for number in range(5):
        make_seat(group=group, label_en=f"Seat no {number}")
    notices.sweep()
    with django_assert_max_num_queries(8):
        page = manager_client.get(f"/en/groups/manage/{group.slug}/notices/")
    assert page.content.decode().count("See to it") >= 5
    board = manager_client.get("/en/dashboard/").content.decode()
    assert "What groups need" in board
    assert "Seat no 4" in board
