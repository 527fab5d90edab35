"""What is sent by itself before an event: to whom, when, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from engagement.events.models import Event, Invitation, Registration
from engagement.events.services import (
    answers,
    events,
    invitations,
    registrations,
    reminders,
)
from engagement.events.tasks import remind
from engagement.mail.models import Message
from engagement.people.services import suppressions
from tests import factories
from tests.support.together import together

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 30, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = {"reason_en": "No hall.", "reason_cy": "Dim neuadd."}


@pytest.fixture
def clock():
    with time_machine.travel(START - 30 * DAY, tick=False) as traveller:
        yield traveller


def make_event(**fields):
    """At 10:00 in Wales, two days after its clocks went forward."""
    texts = {
        "title_en": "Talk",
        "title_cy": "Sgwrs",
        "venue_en": "City Hall",
        "venue_cy": "Neuadd y Ddinas",
        "starts_at": START,
        "ends_at": START + 2 * HOUR,
    }
    return factories.make_event(published=True, **texts | fields)


def asked(event, **fields):
    person = factories.make_person(sector="public", **fields)
    invitations.invite(by=None, event=event, people=[person.pk])
    return Invitation.objects.get(event=event, person=person)


def say_yes(invitation):
    return answers.answer(by=None, invitation=invitation, answer="yes")


def sent_at(clock, moment):
    """What a sweep sends then: (kind, to) of each mail."""
    clock.move_to(moment)
    before = set(Message.objects.values_list("pk", flat=True))
    remind()
    new = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(mail.kind, mail.to) for mail in new]


@pytest.mark.slow
def test_the_whole_life_of_an_event(clock):
    event = make_event()
    silent = asked(event, email="silent@example.org")
    ann = asked(event, email="ann@example.org", language="cy")
    no = asked(event, email="no@example.org")
    say_yes(ann)
    answers.answer(by=None, invitation=no, answer="no")
    # Every day, and every hour where something may happen.
    hours = {*range(-30 * 24, 72, 24), *range(-50, -45), *range(-3, 3)}
    written = [
        (kind, to, hour)
        for hour in sorted(hours)
        for kind, to in sent_at(clock, START + hour * HOUR)
    ]
    assert written == [
        ("invitation_reminder", silent.email, -23 * 24),
        ("event_reminder", "ann@example.org", -48),
        ("event_joining", "ann@example.org", -1),
    ]
    reminder = Message.objects.get(kind="event_reminder")
    # By the clock of Wales, in Welsh first.
    assert reminder.text.index("Sgwrs") < reminder.text.index("Talk")
    assert "10:00" in reminder.text
    assert "09:00" not in reminder.text


@pytest.mark.parametrize(
    ("ahead", "after"),
    [
        (60 * DAY, 7 * DAY),
        (10 * DAY, 3 * DAY),
        (8 * DAY, 2 * DAY),
        (4 * DAY, 2 * DAY),
        (3 * DAY - HOUR, None),
        (1 * DAY, None),
    ],
)
def test_when_those_asked_are_reminded(clock, ahead, after):
    clock.move_to(START - ahead)
    asked(make_event())
    asked_at = START - ahead
    for moment in (asked_at + DAY, asked_at + (after or ahead - HOUR) - HOUR):
        assert sent_at(clock, moment) == []
    assert len(sent_at(clock, asked_at + (after or ahead - HOUR))) == bool(after)
    assert sent_at(clock, START - HOUR) == []


def test_an_answer_stops_the_reminder(clock):
    event = make_event()
    rows = [asked(event) for _ in range(4)]
    for row, answer in zip(rows, ("yes", "no", "keep_informed"), strict=False):
        answers.answer(by=None, invitation=row, answer=answer)
    sent = sent_at(clock, START - 20 * DAY)
    assert sent == [("invitation_reminder", rows[3].email)]


def test_nothing_is_sent_to_who_wants_none(clock):
    event = make_event()
    suppressed, objects, back = (asked(event) for _ in range(3))
    placed = asked(event)
    say_yes(placed)
    for one in (suppressed, placed):
        suppressions.add(by=None, address=one.email, reason="asked")
    answers.stop(by=None, invitation=objects)
    Invitation.objects.filter(pk=objects.pk).update(answer="", answered_at=None)
    invitations.withdraw(by=None, invitation=back)
    moments = (START - 20 * DAY, START - 2 * DAY, START - HOUR)
    assert [sent_at(clock, moment) for moment in moments] == [[], [], []]


@pytest.mark.parametrize("change", ["cancelled", "held", "not_held", "draft"])
def test_an_event_that_is_not_open_sends_nothing(clock, change):
    event = make_event()
    asked(event)
    say_yes(asked(event))
    Event.objects.update(status=change)
    for moment in (START - 20 * DAY, START - 2 * DAY, START - HOUR):
        assert sent_at(clock, moment) == []


def test_calling_off_stops_what_is_written_and_not_yet_sent(clock):
    event = make_event()
    say_yes(asked(event))
    clock.move_to(START - 2 * DAY)
    remind()
    events.cancel(by=None, event=event, **REASON)
    waiting = Message.objects.filter(state="queued").values_list("kind", flat=True)
    assert "event_reminder" not in waiting
    assert "event_cancelled" in waiting
    assert sent_at(clock, START - HOUR) == []


def test_called_off_between_finding_and_sending(clock):
    """The sweep has its list; each row is looked at again with the event locked."""
    event = make_event()
    say_yes(asked(event))
    clock.move_to(START - 2 * DAY)
    (pk,) = reminders.expected().values_list("pk", flat=True)
    events.cancel(by=None, event=event, **REASON)
    assert reminders.remind_registered(pk) is False
    assert not Message.objects.filter(kind="event_reminder").exists()


def test_one_that_fails_keeps_no_other_waiting_and_is_sent_later_and_once(
    clock, monkeypatch, caplog
):
    event = make_event()
    for name in ("ann", "ben"):
        say_yes(asked(event, email=f"{name}@example.org"))
    send = reminders.notices.send

    def crash(*, to, **fields):
        if to == "ann@example.org":
            raise OSError("crash")
        send(to=to, **fields)

    due = START - 2 * DAY
    with monkeypatch.context() as broken:
        broken.setattr(reminders.notices, "send", crash)
        assert sent_at(clock, due) == [("event_reminder", "ben@example.org")]
    assert "No reminder" in caplog.text
    assert sent_at(clock, due) == [("event_reminder", "ann@example.org")]
    assert sent_at(clock, due + HOUR) == []


def test_who_waits_is_not_told_how_to_join(clock):
    event = make_event(capacity=1)
    first, second = asked(event), asked(event)
    say_yes(first)
    say_yes(second)
    assert second.registrations.get().state == "waiting"
    sent = [*sent_at(clock, START - 2 * DAY), *sent_at(clock, START - HOUR)]
    assert {to for _kind, to in sent} == {first.email}


def test_who_has_just_registered_is_not_reminded_but_told_how_to_join(clock):
    event = make_event()
    row = asked(event)
    clock.move_to(START - 3 * DAY + HOUR)
    say_yes(row)
    assert sent_at(clock, START - 2 * DAY) == []
    assert sent_at(clock, START - HOUR) == [("event_joining", row.email)]


def test_who_registers_in_the_last_hour_is_told_how_to_join_at_once(clock):
    event = make_event()
    clock.move_to(START - HOUR / 2)
    registrations.register(
        by=None,
        event=event,
        language="en",
        name="Late",
        email="late@example.org",
        organisation="",
        sector="public",
        wants_welsh=False,
    )
    assert sent_at(clock, START - HOUR / 3) == [("event_joining", "late@example.org")]


@pytest.mark.parametrize(
    ("mode", "link", "place"),
    [("online", True, False), ("venue", False, True), ("both", True, True)],
)
def test_joining_details_say_how_and_where(clock, deliver_mail, mode, link, place):
    event = make_event(
        mode=mode,
        join_url="https://meet.example.org/abc",
        join_note_en="Ring the bell.",
        join_note_cy="Canwch y gloch.",
    )
    say_yes(asked(event))
    Message.objects.all().delete()
    sent_at(clock, START - HOUR)
    (mail,) = deliver_mail()
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert ("https://meet.example.org/abc" in text) is link
        assert ("City Hall" in text) is place
        assert ("Neuadd y Ddinas" in text) is place
        assert "Ring the bell." in text
        assert "Canwch y gloch." in text


def test_times_are_by_the_clock_of_the_event(clock):
    event = make_event(time_zone="America/New_York")
    say_yes(asked(event))
    sent_at(clock, START - HOUR)
    mail = Message.objects.get(kind="event_joining")
    assert "05:00 (America/New_York)" in mail.text
    assert "10:00" not in mail.text


@pytest.mark.parametrize(("late", "sent"), [(29, 1), (31, 0)])
def test_a_worker_that_comes_late_helps_for_half_an_hour(clock, late, sent):
    say_yes(asked(make_event()))
    assert len(sent_at(clock, START + timedelta(minutes=late))) == sent


@pytest.mark.slow
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    event = factories.make_event(published=True, days_ahead=5)
    for _ in range(15):
        asked(event)
    for _ in range(15):
        say_yes(asked(event))
    Invitation.objects.update(invited_at=timezone.now() - 10 * DAY)
    Event.objects.update(starts_at=timezone.now() + 47 * HOUR)
    Registration.objects.update(created_at=timezone.now() - 10 * DAY)
    assert together(*[reminders.send_due for _ in range(4)]) == [None] * 4
    sent = Message.objects.filter(kind__endswith="_reminder")
    assert sorted(sent.values_list("to", flat=True)) == sorted(
        Invitation.objects.values_list("email", flat=True)
    )


def test_whoever_was_reminded_is_reminded_of_the_new_time(clock):
    event = make_event()
    say_yes(asked(event, email="ann@example.org"))
    due = [("event_reminder", "ann@example.org")]
    assert sent_at(clock, START - 2 * DAY) == due
    later = {"starts_at": START + 14 * DAY, "ends_at": START + 15 * DAY}
    events.update(by=None, event=event, fields=later)
    assert sent_at(clock, START) == []
    assert sent_at(clock, START + 12 * DAY) == due
