"""What somebody who was invited answers, and what becomes of their place."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.events.models import Attendance, Event, Registration
from engagement.events.services import invitations
from engagement.events.views import answering
from engagement.people.models import Consent
from engagement.people.queries import has_agreed
from engagement.people.services import erasure
from tests import factories
from tests.support.invited import (
    asked,
    fill,
    kinds,
    link,
    register,
    say,
    send_deputy,
    states,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.make_event(published=True, days_ahead=30, capacity=2)


@pytest.fixture
def ann(event):
    body = factories.make_organisation(name_en="Demo Council")
    person = factories.make_person(name="Ann", organisation=body, function="policy")
    return asked(event, person)


def test_looking_changes_nothing(client, ann):
    for page in ("", "deputy/", "stop/"):
        assert client.get(link(ann, page)).status_code == 200
        assert client.head(link(ann, page)).status_code == 200
    before = ann.__dict__.copy()
    ann.refresh_from_db()
    assert ann.answer == before["answer"] == ""
    assert not Registration.objects.exists()
    assert not Consent.objects.exists()


def test_yes_is_a_place_with_what_is_known(client, ann):
    page = client.post(
        link(ann), {"answer": "yes", "wants_welsh": "on"}, follow=True
    ).content.decode()
    row = Registration.objects.get()
    assert (row.state, row.source, row.invitation) == ("place", "invitation", ann)
    assert (row.organisation, row.sector) == ("Demo Council", "local_authority")
    assert (row.function, row.wants_welsh) == ("policy", True)
    assert row.person == ann.person
    assert row.reference in page
    assert kinds() == ["invitation", "registration_confirmed"]


def test_a_sector_is_asked_only_where_none_is_known(client, event, ann):
    assert "What kind of organisation" not in client.get(link(ann)).content.decode()
    bob = asked(event, factories.make_person())
    assert say(client, bob, "yes").status_code == 422
    assert say(client, bob, "no").status_code == 302
    assert say(client, bob, "yes", sector="academic").status_code == 302
    assert bob.registrations.get().sector == "academic"


def test_said_twice_it_is_the_same(client, ann):
    for _ in range(2):
        say(client, ann, "yes")
    assert states(ann.event) == [("Ann", "place")]
    assert kinds().count("registration_confirmed") == 1
    assert Entry.objects.filter(action="invitation.answered").count() == 1


def test_no_after_yes_gives_the_place_back(client, ann):
    say(client, ann, "yes")
    say(client, ann, "no")
    ann.refresh_from_db()
    assert ann.answer == "no"
    assert states(ann.event) == [("Ann", "cancelled")]
    say(client, ann, "yes")
    assert states(ann.event) == [("Ann", "cancelled"), ("Ann", "place")]


def test_yes_to_a_full_event_is_the_waiting_list_and_they_are_told(client, event, ann):
    client.get(link(ann))
    fill(event)
    page = client.post(link(ann), {"answer": "yes"}, follow=True).content.decode()
    assert ann.registrations.get().state == "waiting"
    assert "you are on the waiting list" in page
    assert "You have a place." not in page


def test_who_has_registered_already_keeps_that(client, event, ann):
    row = register(event, ann.email)
    say(client, ann, "yes")
    row.refresh_from_db()
    assert (row.state, row.invitation) == ("place", ann)
    say(client, ann, "no")
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_no_more_invitations_is_heard_even_where_the_place_must_stay(
    client, event, ann
):
    say(client, ann, "yes")
    Attendance.objects.create(registration=ann.registrations.get())
    client.post(link(ann, "stop/"))
    other = factories.make_event(published=True)
    number = invitations.invite(by=None, event=other, people=[ann.person_id])
    assert number == 0


def test_keeping_informed_is_a_consent_with_its_wording(client, event, ann):
    shown = client.get(link(ann)).content.decode()
    for _ in range(2):
        say(client, ann, "keep_informed")
    row = Consent.objects.get()
    assert (row.purpose, row.about, row.action) == ("event", event.slug, "given")
    assert row.wording.split("“")[0] in shown
    agreed = type(ann.person).objects.filter(has_agreed("pk", "event", event.slug))
    assert agreed.get() == ann.person
    say(client, ann, "no")
    assert not agreed.all().exists()


def test_no_alone_says_nothing_to_the_ledger(client, ann):
    say(client, ann, "no")
    assert not Consent.objects.exists()


def test_no_more_invitations_is_kept_to(client, event, ann):
    say(client, ann, "yes")
    page = client.post(link(ann, "stop/"), follow=True).content.decode()
    assert "You will be sent no more invitations." in page
    assert states(event) == [("Ann", "cancelled")]
    other = factories.make_event(published=True)
    number = invitations.invite(by=None, event=other, people=[ann.person_id])
    assert number == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": "cancelled"}, "This event is cancelled."),
        ({"starts_at": timezone.now() - timedelta(hours=1)}, "This event has begun."),
    ],
)
def test_a_stale_page_changes_nothing_once_it_is_over(client, event, ann, change, told):
    client.get(link(ann))
    Event.objects.update(**change)
    for answer in (say(client, ann, "yes"), say(client, ann, "keep_informed")):
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert send_deputy(client, ann).status_code == 302
    ann.refresh_from_db()
    assert ann.answer == ""
    assert not Registration.objects.exists()
    assert not Consent.objects.exists()


def test_an_invitation_taken_back_cannot_be_answered(client, ann):
    invitations.withdraw(by=None, invitation=ann)
    answer = say(client, ann, "yes")
    assert "This invitation has been taken back." in answer.content.decode()
    assert not Registration.objects.exists()


def test_after_registration_has_closed_yes_is_refused_and_no_is_not(client, event, ann):
    Event.objects.update(registration_closes_at=timezone.now() - timedelta(hours=1))
    answer = say(client, ann, "yes")
    assert answer.status_code == 422
    assert "This event does not take registrations." in answer.content.decode()
    assert say(client, ann, "no").status_code == 302


def test_who_has_said_yes_is_not_uninvited(client, manager_client, event, ann):
    say(client, ann, "yes")
    page = f"/en/events/{event.slug}/invitations/{ann.pk}/withdraw/"
    answer = manager_client.post(page, follow=True).content.decode()
    assert "Cancel that first." in answer
    ann.refresh_from_db()
    assert ann.withdrawn_at is None


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 404)])
def test_the_link_lasts_two_weeks_after_the_event(client, ann, days, status):
    url = link(ann)
    with time_machine.travel(ann.event.starts_at + timedelta(days=days)):
        assert client.get(url).status_code == status


@pytest.mark.parametrize("page", ["", "deputy/", "stop/"])
def test_a_link_for_something_else_is_none(client, ann, page):
    for scope in ("registration", "deputy", "subscription"):
        token = tokens.make(scope, str(ann.pk))
        for ask in (client.get, client.post):
            answer = ask(f"/en/events/invitation/{token}/{page}")
            assert answer.status_code == 404
            assert "Ann" not in answer.content.decode()
    ann.refresh_from_db()
    assert ann.answer == ""


def test_guessing_is_slowed(client, ann, own_clock):
    bad = "/en/events/invitation/a:b:c/"
    codes = [client.get(bad).status_code for _ in range(answering.GUESSES + 1)]
    assert codes == [404] * answering.GUESSES + [429]
    assert client.get("/en/events/deputy/x/").status_code == 429
    assert client.get(link(ann)).status_code == 200


def test_the_page_says_nothing_of_others(client, event, ann):
    asked(event, factories.make_person(name="Zebedee Unmistakable"))
    register(event, "secret@example.org")
    page = client.get(link(ann)).content.decode()
    assert "Zebedee" not in page
    assert "secret@" not in page


def test_who_was_erased_has_no_link_and_gives_the_place_back(client, event, ann):
    say(client, ann, "yes")
    url = link(ann)
    erasure.erase(by=None, person=ann.person)
    assert client.get(url).status_code == 404
    ann.refresh_from_db()
    assert (ann.name, ann.person) == ("", None)
    assert not event.registrations.in_force().exists()


def test_in_welsh(client, ann):
    page = client.get(link(ann).replace("/en/", "/cy/")).content.decode()
    assert "Allwch chi ddod?" in page
    assert "Eich gwahoddiad" in page
