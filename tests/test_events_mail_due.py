"""The mail about a registration is written when the event's row is free again."""

import pytest

from engagement.events.models import Registration
from engagement.events.services import registration_mail, registrations, waiting_list
from engagement.mail.models import Message
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def enter(event, email="ann@example.org", **fields):
    asked = {
        "language": "en",
        "name": "Ann Example",
        "organisation": "",
        "sector": "public",
        "wants_welsh": False,
    }
    return registrations.enter(by=None, event=event, email=email, **asked | fields)


def kinds():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_what_a_crash_left_unwritten_is_written_by_the_sweep_once():
    event = make_event(published=True, capacity=1)
    enter(event)
    enter(event, "ben@example.org")
    assert kinds() == []
    waiting_list.sweep()
    waiting_list.sweep()
    assert kinds() == ["registration_confirmed", "registration_waiting"]
    assert not Registration.objects.exclude(mail_due="").exists()


def test_registering_writes_it_at_once_and_the_sweep_not_again():
    event = make_event(published=True)
    made = enter(event)
    registration_mail.write_due(made)
    waiting_list.sweep()
    assert kinds() == ["registration_confirmed"]
    # Asked again under another reference: nothing new, and the mail says so.
    registration_mail.write_due(enter(event))
    assert kinds() == ["registration_confirmed", "registration_repeated"]


def test_who_cancelled_meanwhile_is_not_told_that_they_are_coming():
    made = enter(make_event(published=True))
    registrations.cancel(by=None, registration=made)
    registration_mail.write_due(made)
    assert kinds() == ["registration_cancelled"]


def test_who_was_offered_a_place_meanwhile_is_not_told_that_they_wait():
    event = make_event(published=True, capacity=1)
    first = enter(event)
    second = enter(event, "ben@example.org")
    registrations.cancel(by=None, registration=first)
    registration_mail.write_due(second)
    assert kinds() == ["registration_cancelled", "registration_offered"]
