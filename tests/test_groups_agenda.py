"""The page of a meeting, and its agenda."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import Attendance
from engagement.groups import agendas
from engagement.groups.models import Meeting, Membership
from engagement.groups.services import actions, agenda, meetings, minutes, records
from tests.factories import (
    PDF,
    make_group,
    make_meeting,
    make_person,
    make_registration,
    make_seat,
)

pytestmark = pytest.mark.django_db
ITEM = {
    "title_en": "Gaps",
    "title_cy": "Bylchau",
    "purpose": "decision",
    "duration": "25",
}


@pytest.fixture
def group():
    return make_group(quorum=2)


@pytest.fixture
def meeting(group):
    starts = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    return make_meeting(
        group=group, starts_at=starts + timedelta(days=30), status="planned"
    )


def add(meeting, title="One", **fields):
    words = {"title_en": title, "title_cy": f"{title} (cy)"}
    return agenda.add(by=None, meeting=meeting, fields=words | fields)


def url(meeting, page=""):
    return f"/en/groups/meetings/{meeting.pk}/{page}"


def test_times_are_counted_from_the_start(manager_client, meeting):
    add(meeting, "Welcome", duration=5)
    answer = manager_client.post(url(meeting, "item/"), ITEM)
    assert answer.url == url(meeting)
    add(meeting, "Close")
    page = manager_client.get(url(meeting)).content.decode()
    places = [page.index(text) for text in ("14:00", "14:05", "14:30")]
    assert places == sorted(places)
    assert "For decision" in page
    welsh = manager_client.get(f"/cy/groups/meetings/{meeting.pk}/").content.decode()
    assert "Bylchau" in welsh


def test_items_are_moved_changed_and_removed(manager_client, meeting):
    items = [add(meeting, word) for word in ("One", "Two", "Three")]

    def order():
        return list(meeting.items.values_list("title_en", flat=True))

    manager_client.post(f"/en/groups/items/{items[2].pk}/move/", {"to": "up"})
    assert order() == ["One", "Three", "Two"]
    manager_client.post(f"/en/groups/items/{items[0].pk}/move/", {"to": "up"})
    assert order() == ["One", "Three", "Two"]
    manager_client.post(f"/en/groups/items/{items[1].pk}/", ITEM)
    assert order() == ["One", "Three", "Gaps"]
    manager_client.post(f"/en/groups/items/{items[0].pk}/remove/")
    assert order() == ["Three", "Gaps"]
    assert Entry.objects.filter(action="item.removed").count() == 1


def test_what_has_a_record_is_not_removed(manager_client, meeting):
    item = add(meeting)
    actions.add(by=None, meeting=meeting, item=item, text_en="A", text_cy="B")
    address = f"/en/groups/items/{item.pk}/remove/"
    page = manager_client.post(address, follow=True).content.decode()
    assert "Something is on record under this item" in page
    assert meeting.items.count() == 1


@pytest.mark.parametrize("gone", ["title_cy", "duration"])
def test_a_bad_item_is_refused(manager_client, meeting, gone):
    answer = manager_client.post(url(meeting, "item/"), ITEM | {gone: ""})
    assert answer.status_code == 422
    assert not meeting.items.exists()


def test_only_who_sits_in_the_group_can_lead_an_item(manager_client, meeting):
    elsewhere = make_seat(group=make_group(), member=make_person())
    owner = elsewhere.memberships.get().pk
    answer = manager_client.post(url(meeting, "item/"), ITEM | {"owner": owner})
    assert answer.status_code == 422


def test_a_paper_that_comes_after_the_others_is_late(manager_client, meeting):
    item = add(meeting)
    for name in ("Early", "Tardy"):
        fields = {"title_en": name, "title_cy": name, "language": "en"}
        fields |= {"item": item.pk, "purpose": "decision"}
        upload = SimpleUploadedFile("a.pdf", PDF)
        manager_client.post(url(meeting, "paper/"), fields | {"file": upload})
        unsent = Meeting.objects.filter(circulated_at=None)
        unsent.update(circulated_at=timezone.now())
    early, late = item.papers.all()
    meeting.refresh_from_db()
    early.meeting = late.meeting = meeting
    assert (early.is_late, late.is_late, late.purpose) == (False, True, "decision")
    page = manager_client.get(url(meeting)).content.decode()
    assert page.index("Early") < page.index(">Late<")
    assert page.count(">Late<") == 1


def test_members_see_it_and_others_do_not(
    client, member_client, steering_member, meeting
):
    add(meeting, "Secret item")
    assert client.get(url(meeting)).status_code == 302
    assert member_client.get(url(meeting)).status_code == 403
    make_seat(group=meeting.group, member=make_person(user=steering_member))
    page = member_client.get(url(meeting)).content.decode()
    assert "Secret item" in page
    assert "/remove/" not in page
    Membership.objects.update(ended_on=timezone.localdate())
    assert member_client.get(url(meeting)).status_code == 403


def test_few_queries_however_long(
    manager_client, meeting, django_assert_max_num_queries
):
    for number in range(12):
        item = add(meeting, f"Item {number}")
        actions.add(by=None, meeting=meeting, item=item, text_en="A", text_cy="B")
        meetings.decide(by=None, meeting=meeting, item=item, text_en="A", text_cy="B")
    with django_assert_max_num_queries(24):
        assert manager_client.get(url(meeting)).status_code == 200


def held(group):
    return make_meeting(group=group, published=True, days_ahead=-0.1)


def come(meeting, person, **fields):
    row = make_registration(event=meeting.event, person=person, **fields)
    Attendance.objects.create(registration=row)
    return row


@pytest.fixture
def noon():
    """What was held an hour ago was held today."""
    at = timezone.now().replace(hour=12)
    with time_machine.travel(at, tick=False):
        yield


@pytest.mark.usefixtures("noon")
def test_quorum_counts_seats_by_member_or_deputy(manager_client, group):
    meeting = held(group)
    people = [make_person() for _ in range(4)]
    seats = [make_seat(group=group, member=person) for person in people[:2]]
    Membership.objects.create(
        seat=seats[0], person=people[2], role="deputy", started_on=timezone.localdate()
    )
    watching = make_seat(group=group)
    Membership.objects.create(
        seat=watching,
        person=people[3],
        role="observer",
        started_on=timezone.localdate(),
    )
    come(meeting, people[0])
    come(meeting, people[2])
    come(meeting, people[3])
    # A member with their deputy is one seat; an observer is none.
    assert agendas.presence(meeting) == (1, 2)
    assert ">Not quorate<" in manager_client.get(url(meeting)).content.decode()
    asked = meeting.event.invitations.create(
        person=people[1], name="B", email="b@example.org", language="en"
    )
    come(meeting, make_person(), source="deputy", invitation=asked)
    assert agendas.presence(meeting) == (2, 2)
    assert ">Quorate<" in manager_client.get(url(meeting)).content.decode()


@pytest.mark.usefixtures("noon")
def test_who_no_longer_sat_that_day_does_not_count(group):
    meeting, person = held(group), make_person()
    make_seat(group=group, member=person)
    come(meeting, person)
    assert agendas.presence(meeting).seats == 1
    Membership.objects.update(
        started_on="2020-01-01", ended_on=timezone.localdate(meeting.event.starts_at)
    )
    assert agendas.presence(meeting).seats == 0


def test_what_is_owed_is_carried_to_the_next_agenda(group):
    past = held(group)
    actions.add(by=None, meeting=past, text_en="Ask Powys", text_cy="Holi Powys")
    done = actions.add(by=None, meeting=past, text_en="Gone", text_cy="Wedi mynd")
    fields = {"state": "done", "outcome_en": "", "outcome_cy": ""}
    actions.settle(by=None, action=done, **fields)
    coming = make_meeting(group=group)
    add(coming, "Welcome")
    for _ in range(2):
        agenda.carry(by=None, meeting=coming)
    first, second = agendas.slots(coming)
    assert (first.item.title_en, second.item.title_en) == ("Matters arising", "Welcome")
    assert [one.text_en for one in first.arising] == ["Ask Powys"]


def test_an_approved_agenda_is_frozen(meeting):
    item = add(meeting)
    Meeting.objects.update(minutes="approved", approved_at=timezone.now())
    works = [
        lambda: add(meeting),
        lambda: agenda.change(by=None, item=item, fields={"duration": 1}),
        lambda: agenda.move(by=None, item=item, up=True),
        lambda: agenda.remove(by=None, item=item),
        lambda: minutes.save_item(
            by=None, item=item, seen=0, minutes_en="A", minutes_cy="B", redacted=False
        ),
        lambda: meetings.decide(by=None, meeting=meeting, text_en="A", text_cy="B"),
    ]
    for work in works:
        with pytest.raises(records.Frozen):
            work()
