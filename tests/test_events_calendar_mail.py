"""Invitations in real mails (RFC 6047), over the life of a place."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.events.models import Registration
from engagement.events.services import events, places, registrations
from engagement.mail.models import Message
from tests.factories import make_event
from tests.support.calendars import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    starts = timezone.now() + timedelta(days=30)
    return make_event(
        published=True,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        title_cy="Gŵyl y Mynegai",
        venue_en="Old hall",
        venue_cy="Hen neuadd",
        mode="both",
        join_url="https://meet.example.org/abc",
    )


def register(event, email="ann@example.org", language="cy"):
    return registrations.register(
        by=None,
        event=event,
        language=language,
        name='Ann "Êl", Example',
        email=email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def wait_for(event, email):
    return places.take(
        by=None,
        event=event,
        source="form",
        language="en",
        name="Wait",
        email=email,
        sector="public",
    )


def parts(mail):
    """The mail's ways to be read, its file, and the entry that both hold."""
    assert mail.get_content_type() == "multipart/mixed"
    body, attached = mail.iter_parts()
    kinds = [part.get_content_type() for part in body.iter_parts()]
    assert body.get_content_type() == "multipart/alternative"
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    part = list(body.iter_parts())[-1]
    assert part.get_content_charset() == "utf-8"
    raw = part.get_payload(decode=True)
    assert attached.get_filename() == "invite.ics"
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_payload(decode=True) == raw
    calendar, [entry] = read(raw)
    assert calendar["method"] == part.get_param("method")
    return str(calendar["method"]), entry


def test_a_confirmation_invites(event, deliver_mail):
    register(event)
    [mail] = deliver_mail()
    method, entry = parts(mail)
    assert method == "REQUEST"
    assert entry["uid"] == str(event.uid)
    assert entry["status"] == "CONFIRMED"
    assert entry["attendee"] == "mailto:ann@example.org"
    assert entry["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert entry["attendee"].params["CN"].endswith(", Example")
    assert entry["organizer"] == "mailto:dolen@example.org"
    assert entry["summary"] == f"Gŵyl y Mynegai / {event.title_en}"
    assert entry["location"].startswith("Hen neuadd, ac ar-lein / Old hall")
    assert entry["conference"] == "https://meet.example.org/abc"
    assert "https://meet.example.org/abc" in entry["description"]
    assert entry["description"].index("Ymuno ar-lein") < entry["description"].index(
        "Join online"
    )
    assert mail.get_body(("plain",)).get_content().startswith("Mae gennych le")


def test_lines_of_the_mail_end_in_crlf_and_are_short(event, deliver_mail, smtp):
    register(event)
    deliver_mail()
    raw = smtp.messages[-1].as_bytes(
        policy=smtp.messages[-1].policy.clone(linesep="\r\n")
    )
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_a_mail_without_an_invitation_has_no_such_part(event, deliver_mail):
    event.capacity = 0
    event.save()
    waiting = wait_for(event, "wait@example.org")
    registrations.cancel(by=None, registration=waiting)
    [mail] = deliver_mail()
    assert mail.get_content_type() == "multipart/alternative"


def test_giving_the_place_back_calls_off_with_a_higher_number(event, deliver_mail):
    registration = register(event)
    registrations.cancel(by=None, registration=registration)
    (_, invited), (method, entry) = map(parts, deliver_mail())
    assert method == "CANCEL"
    assert entry["uid"] == invited["uid"]
    assert entry["sequence"] > invited["sequence"]
    # The event goes on (RFC 5546, 3.2.5).
    assert "status" not in entry
    assert "meet.example.org" not in str(entry["description"])


def test_registering_again_has_a_higher_number_still(event, deliver_mail):
    for _ in range(2):
        registrations.cancel(by=None, registration=register(event))
    register(event)
    found = [parts(mail) for mail in deliver_mail()]
    numbers = [entry["sequence"] for _, entry in found]
    assert [method for method, _ in found] == ["REQUEST", "CANCEL"] * 2 + ["REQUEST"]
    assert numbers == sorted(set(numbers))


def test_calling_the_event_off_calls_it_off_in_calendars(event, deliver_mail):
    register(event)
    events.cancel(by=None, event=event, reason_en="Snow.", reason_cy="Eira.")
    (_, invited), (method, entry) = map(parts, deliver_mail())
    assert (method, entry["status"]) == ("CANCEL", "CANCELLED")
    assert entry["sequence"] > invited["sequence"]
    assert "Eira." in entry["description"]


def test_who_waits_is_told_of_a_cancelled_event_without_a_calendar(event, deliver_mail):
    event.capacity = 0
    event.save()
    wait_for(event, "wait@example.org")
    events.cancel(by=None, event=event, reason_en="Snow.", reason_cy="Eira.")
    [mail] = deliver_mail()
    assert mail.get_content_type() == "multipart/alternative"


def test_a_change_is_told_with_what_was_and_what_is(event, deliver_mail):
    register(event)
    later = event.starts_at + timedelta(days=1)
    events.update(
        by=None,
        event=event,
        fields={
            "starts_at": later,
            "ends_at": later + timedelta(hours=3),
            "venue_en": "New hall",
            "venue_cy": "Neuadd newydd",
        },
    )
    first, second = deliver_mail()
    (_, invited), (method, entry) = parts(first), parts(second)
    assert method == "REQUEST"
    assert entry["uid"] == invited["uid"]
    assert entry["sequence"] > invited["sequence"]
    assert entry.decoded("dtstart") - invited.decoded("dtstart") == timedelta(days=1)
    for kind in ("plain", "html"):
        words = second.get_body((kind,)).get_content()
        for said in ("Hen neuadd", "Neuadd newydd", "Old hall", "New hall"):
            assert said in words
        assert "Where, before" in words
        assert "Title, before" not in words
    # In the words of the page, in both languages.
    assert f"{timezone.localtime(later):%H:%M}" in words


def test_a_change_that_matters_to_nobody_is_told_to_nobody(event):
    register(event)
    event = events.update(
        by=None, event=event, fields={"description_en": "x", "description_cy": "x"}
    )
    assert event.sequence == 0
    assert not Message.objects.filter(kind="event_changed").exists()


def test_who_waits_hears_of_a_change_and_of_no_link(event, deliver_mail):
    event.capacity = 0
    event.save()
    wait_for(event, "wait@example.org")
    changed = {"title_en": "Renamed", "join_url": "https://meet.example.org/new"}
    events.update(by=None, event=event, fields=changed)
    [mail] = deliver_mail()
    assert "Renamed" in mail["Subject"]
    assert "meet.example.org" not in mail.as_string()
    assert mail.get_content_type() == "multipart/alternative"


def test_nobody_hears_of_a_change_to_what_is_over(event):
    register(event)
    with time_machine.travel(event.ends_at + timedelta(days=1)):
        events.update(by=None, event=event, fields={"title_en": "Renamed"})
    assert not Message.objects.filter(kind="event_changed").exists()


def test_everybody_gets_their_own_and_nobody_elses(event, deliver_mail):
    register(event, "ann@example.org")
    register(event, "ben@example.org", "en")
    deliver_mail()
    events.update(by=None, event=event, fields={"title_en": "Renamed"})
    for mail in deliver_mail():
        _, entry = parts(mail)
        assert f"mailto:{mail['To']}" == entry["attendee"]
    assert Registration.objects.filter(sequence=2).count() == 2


def test_times_in_mails_are_by_the_clock_of_the_place(event, deliver_mail):
    event.time_zone = "America/New_York"
    event.save()
    register(event, language="en")
    [mail] = deliver_mail()
    assert "(New York time)" in mail.get_body(("plain",)).get_content()
    assert parts(mail)[1]["dtstart"].params["TZID"] == "America/New_York"
