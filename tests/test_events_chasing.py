from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.events import tasks
from engagement.events.models import Commitment
from engagement.events.services import chasing
from engagement.mail.models import Message
from engagement.people.services import suppressions
from tests import factories

pytestmark = pytest.mark.django_db
ENDED = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def promise():
    event = factories.make_event(
        status="held",
        title_en="Workshop",
        title_cy="Gweithdy",
        starts_at=ENDED - timedelta(hours=2),
        ends_at=ENDED,
    )
    said_by = factories.make_registration(
        event=event, email="guest@example.org", language="cy"
    )
    return Commitment.objects.create(
        event=event,
        side="participant",
        registration=said_by,
        text_en="Read it",
        text_cy="Ei ddarllen",
    )


def link(row):
    return f"/en/events/promised/{tokens.make(chasing.SCOPE, str(row.pk))}/"


def test_the_owner_is_reminded_once_on_the_day(promise, manager, deliver_mail):
    today = timezone.localdate()
    promise.owner, promise.due_on = manager, today + timedelta(days=1)
    promise.save()
    assert chasing.remind_owners(by=None) == 0
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tasks.chase_commitments()
        tasks.chase_commitments()
        mails = [mail for mail in deliver_mail() if mail["To"] == manager.email]
    [mail] = mails
    text = mail.get_body(("plain",)).get_content()
    assert "You see to this, and its day has come: Read it" in " ".join(text.split())
    assert f"/cy/events/commitments/{promise.pk}/" in text


def test_nobody_is_reminded_of_what_is_settled_or_has_no_owner(promise, manager):
    promise.due_on = timezone.localdate()
    promise.save()
    assert chasing.remind_owners(by=None) == 0
    promise.owner, promise.state, promise.settled_at = manager, "done", timezone.now()
    promise.save()
    assert chasing.remind_owners(by=None) == 0
    manager.is_active = False
    manager.save()
    Commitment.objects.update(state="open", settled_at=None)
    assert chasing.remind_owners(by=None) == 0


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (datetime(2027, 2, 28, 11, 59, tzinfo=UTC), 0),
        # There is no 30 February: what ended on 30 November is three months old then.
        (datetime(2027, 3, 1, 12, 0, tzinfo=UTC), 1),
    ],
)
def test_a_participant_is_asked_after_three_months(promise, at, asked):
    with time_machine.travel(at, tick=False):
        assert chasing.ask_participants(by=None) == asked
        assert chasing.ask_participants(by=None) == 0


def test_the_mail_leads_to_the_answer(promise, deliver_mail, client):
    with time_machine.travel(ENDED + timedelta(days=95)):
        tasks.chase_commitments()
        [mail] = deliver_mail()
        text = mail.get_body(("plain",)).get_content()
        assert text.index("Ei ddarllen") < text.index("Read it")
        address = next(line for line in text.split() if "/en/events/promised/" in line)
        page = client.get(address[address.index("/en/") :]).content.decode()
    assert "What came of it?" in page
    assert "Read it" in page


@pytest.mark.parametrize("status", ["cancelled", "not_held"])
def test_nobody_is_asked_of_what_was_called_off(promise, status):
    type(promise.event).objects.update(status=status)
    with time_machine.travel(ENDED + timedelta(days=95)):
        assert chasing.ask_participants(by=None) == 0


def test_nobody_is_asked_at_a_suppressed_address_or_of_what_the_team_does(promise):
    suppressions.add(by=None, address="guest@example.org", reason="asked")
    Commitment.objects.create(
        event=promise.event,
        side="team",
        text_en="Ours",
        registration=factories.make_registration(event=promise.event),
    )
    with time_machine.travel(ENDED + timedelta(days=95)):
        assert chasing.ask_participants(by=None) == 0
    assert not Message.objects.exists()


def test_not_yet_then_done(promise, client):
    client.post(link(promise), {"answer": "open", "words": "In spring"})
    promise.refresh_from_db()
    assert (promise.state, promise.outcome_en) == ("open", "In spring")
    page = client.post(link(promise), {"answer": "done", "words": "Read"}, follow=True)
    assert "Thank you. Your answer is saved." in page.content.decode()
    promise.refresh_from_db()
    assert (promise.state, promise.outcome_en) == ("done", "Read")
    assert promise.settled_at


def test_an_answer_in_one_language_leaves_no_old_one_in_the_other(promise, client):
    Commitment.objects.update(outcome_en="Old", outcome_cy="Hen")
    address = link(promise).replace("/en/", "/cy/", 1)
    client.post(address, {"answer": "done", "words": "Newydd"})
    promise.refresh_from_db()
    assert (promise.outcome_cy, promise.outcome_en) == ("Newydd", "")
    client.post(address, {"answer": "dropped", "words": "Na"})
    promise.refresh_from_db()
    assert (promise.state, promise.outcome_cy) == ("dropped", "Na")


def test_no_says_why(promise, client):
    page = client.post(link(promise), {"answer": "dropped", "words": " "})
    assert page.status_code == 422
    assert "Say why it was not done." in page.content.decode()
    promise.refresh_from_db()
    assert promise.state == "open"


def test_a_link_to_something_else_is_a_404(promise, client):
    assert client.get("/en/events/promised/x/").status_code == 404
    url = link(promise)
    Commitment.objects.update(registration=None)
    assert client.get(url).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert client.get(url).status_code == 404
