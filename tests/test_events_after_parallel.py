"""Several workers at once, on PostgreSQL with connections of their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from engagement.events.models import Attendance, Commitment
from engagement.events.services import chasing, feedback
from engagement.mail.models import Message
from tests import factories
from tests.support.together import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
PEOPLE = 15


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def ended(ago):
    now = timezone.now()
    return factories.make_event(
        status="held", starts_at=now - ago - timedelta(hours=1), ends_at=now - ago
    )


def test_nobody_is_asked_for_feedback_twice():
    event = ended(timedelta(hours=6))
    for _ in range(PEOPLE):
        row = factories.make_registration(event=event)
        Attendance.objects.create(registration=row)
    raised = together(*[lambda: feedback.ask_due(by=None)] * 4)
    assert raised == [None] * 4
    assert Message.objects.filter(kind="feedback_asked").count() == PEOPLE


def test_nobody_is_reminded_or_asked_of_a_commitment_twice():
    event, owner = ended(timedelta(days=100)), factories.make_user()
    for _ in range(PEOPLE):
        Commitment.objects.create(
            event=event,
            side="participant",
            text_en="A",
            owner=owner,
            due_on=timezone.localdate(),
            registration=factories.make_registration(event=event),
        )
    works = [lambda: chasing.remind_owners(by=None)] * 3
    raised = together(*works, *[lambda: chasing.ask_participants(by=None)] * 3)
    assert raised == [None] * 6
    for kind in ("commitment_due", "commitment_asked"):
        assert Message.objects.filter(kind=kind).count() == PEOPLE


def test_answers_sent_at_once_are_one():
    event = ended(timedelta(hours=6))
    row = factories.make_registration(event=event)
    Attendance.objects.create(registration=row)

    def answer():
        feedback.give(
            by=None,
            registration=row,
            language="en",
            useful="very",
            use_for="",
            comment="",
            means="Read it",
            differently="",
        )

    assert together(*[answer] * 4) == [None] * 4
    assert row.feedback.commitments.count() == 1
