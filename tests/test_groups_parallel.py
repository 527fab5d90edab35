"""Several at once, on PostgreSQL with connections of their own."""

import pytest
from django.db import connection
from django.utils import timezone

from engagement.events.models import Invitation
from engagement.groups.models import AgendaItem, Decision
from engagement.groups.services import (
    actions,
    agenda,
    chasing,
    circulation,
    meetings,
    minutes,
)
from engagement.mail.models import Message
from tests.factories import make_group, make_meeting, make_person, make_seat
from tests.support.together import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
WORDS = {"title_en": "Gaps", "title_cy": "Bylchau"}


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def test_decisions_are_numbered_without_gaps_or_doubles():
    group = make_group()
    days = [make_meeting(group=group, days_ahead=-1) for _ in range(2)]
    year = timezone.localdate(days[0].event.starts_at).year

    def decide(meeting):
        for number in range(5):
            text_cy = "Felly" if number != 2 else ""
            try:
                meetings.decide(by=None, meeting=meeting, text_en="So", text_cy=text_cy)
            except Exception:  # noqa: BLE001
                # One in five is refused by the database, and leaves no gap.
                assert not text_cy

    works = [lambda one=one: decide(one) for one in days * 4]
    assert together(*works) == [None] * 8
    numbers = Decision.objects.filter(year=year).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 33))


@pytest.mark.parametrize("_round", range(3))
def test_minutes_of_two_writers_are_both_kept(_round):
    meeting = make_meeting(group=make_group(), days_ahead=-1)
    item = agenda.add(by=None, meeting=meeting, fields=WORDS)
    other = agenda.add(by=None, meeting=meeting, fields=WORDS)

    def save(one, word):
        minutes.save_item(
            by=None, item=one, seen=0, minutes_en=word, minutes_cy=word, redacted=False
        )

    raised = together(
        lambda: save(item, "Ann"), lambda: save(item, "Bob"), lambda: save(other, "Cai")
    )
    refused = [isinstance(one, minutes.ChangedMeanwhile) for one in raised]
    assert refused[2] is False
    assert sorted(refused[:2]) == [False, True]
    item.refresh_from_db()
    assert item.minutes_en == ["Ann", "Bob"][refused.index(False)]
    assert item.version == 1
    # Whoever was refused has seen the other's words by now, and saves both.
    minutes.save_item(
        by=None,
        item=item,
        seen=1,
        minutes_en="Ann, Bob",
        minutes_cy="Ann, Bob",
        redacted=False,
    )
    assert set(AgendaItem.objects.values_list("minutes_en", flat=True)) == {
        "Ann, Bob",
        "Cai",
    }


def test_papers_go_out_once_with_several_workers():
    group = make_group()
    for _ in range(6):
        make_seat(group=group, member=make_person())
    meeting = make_meeting(group=group, status="planned", days_ahead=3)
    agenda.add(by=None, meeting=meeting, fields=WORDS)
    assert together(*[circulation.sweep] * 4) == [None] * 4
    assert Message.objects.filter(kind="meeting_papers").count() == 6
    assert Invitation.objects.count() == 6


def test_an_owner_is_reminded_once_with_several_workers():
    seat = make_seat(group=make_group(), member=make_person())
    meeting = make_meeting(group=seat.group, days_ahead=-9)
    for _ in range(5):
        actions.add(
            by=None,
            meeting=meeting,
            text_en="A",
            text_cy="B",
            owner=seat.memberships.get(),
            due_on=timezone.localdate(),
        )
    assert together(*[lambda: chasing.remind_due(by=None)] * 4) == [None] * 4
    assert Message.objects.filter(kind="action_due").count() == 5
