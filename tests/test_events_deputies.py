"""Somebody comes in the place of whoever was invited."""

from datetime import timedelta

import pytest
from django.apps import apps

from engagement.core import tokens
from engagement.events.models import Needs, Registration
from engagement.events.services import deputies
from engagement.events.views import answering
from engagement.mail.models import Message
from engagement.people.services import erasure, suppressions
from tests import factories
from tests.support.invited import (
    DEPUTY,
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


def test_a_deputy_has_the_place_and_is_written_to(client, event, ann, deliver_mail):
    say(client, ann, "yes")
    deliver_mail()
    page = send_deputy(client, ann)
    assert page.status_code == 302
    assert states(event) == [("Ann", "cancelled"), ("Dai Deputy", "place")]
    mine, theirs = Registration.objects.order_by("pk")
    assert (theirs.replaces, theirs.source) == (mine, "deputy")
    assert theirs.organisation == "Demo Council"
    (mail,) = deliver_mail()
    assert mail["To"] == "dai@example.org"
    text = mail.get_body(("plain",)).get_content()
    assert "Ann cannot come to this event and has named you" in text
    assert f"/en/events/deputy/{tokens.make('deputy', str(theirs.pk))[:8]}" in text


def test_a_deputy_does_not_go_to_the_end_of_the_line(client, event, ann):
    early = fill(event)
    say(client, ann, "yes")
    bob = asked(event, factories.make_person(name="Bob", sector="public"))
    say(client, bob, "yes")
    send_deputy(client, ann)
    line = [row.name for row in event.registrations.in_line()]
    assert line == ["Dai Deputy", "Bob"]
    assert event.registrations.holding().count() == len(early)


def test_a_place_passed_on_at_a_full_event_is_never_anybody_elses(client, event, ann):
    say(client, ann, "yes")
    register(event, "other@example.org")
    bob = asked(event, factories.make_person(name="Bob", sector="public"))
    say(client, bob, "yes")
    send_deputy(client, ann)
    say(client, ann, "yes")
    assert event.registrations.holding().count() == 2
    assert ann.registrations.in_force().get().name == "Ann"
    assert [row.name for row in event.registrations.in_line()] == ["Bob"]
    assert "deputy_released" in kinds()


def test_sessions_go_to_the_deputy_and_needs_to_nobody(client, event, ann):
    say(client, ann, "yes")
    mine = ann.registrations.get()
    Needs.objects.create(registration=mine, dietary="Vegan")
    session = event.sessions.create(
        title_en="Group",
        title_cy="Grŵp",
        starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(hours=1),
    )
    session.places.create(registration=mine)
    send_deputy(client, ann)
    assert session.places.get().registration.name == "Dai Deputy"
    assert not Needs.objects.exists()


def test_another_deputy_takes_over_from_the_first(client, event, ann):
    send_deputy(client, ann)
    send_deputy(client, ann, name="Eve", email="eve@example.org")
    assert states(event) == [("Dai Deputy", "cancelled"), ("Eve", "place")]
    assert kinds().count("deputy_named") == 2
    released = Message.objects.get(kind="deputy_released")
    assert released.to == "dai@example.org"


def test_who_is_a_deputy_and_invited_too_has_one_place(client, event, ann):
    bob = asked(event, factories.make_person(name="Bob", sector="public"))
    send_deputy(client, ann, email=bob.email, name="Bob")
    page = client.post(link(bob), {"answer": "yes"}, follow=True).content.decode()
    assert "You have a place." in page
    assert states(event) == [("Bob", "place")]
    say(client, bob, "no")
    assert states(event) == [("Bob", "place")]


def test_a_deputy_sent_twice_is_one(client, event, ann):
    for _ in range(2):
        send_deputy(client, ann)
    assert states(event) == [("Dai Deputy", "place")]
    assert kinds().count("deputy_named") == 1


def test_a_deputy_must_have_agreed_and_be_somebody_else(client, ann):
    assert send_deputy(client, ann, agreed="").status_code == 422
    own = send_deputy(client, ann, email=ann.email.upper())
    assert own.status_code == 422
    assert "This is your own address." in own.content.decode()
    assert not Registration.objects.exists()


def test_the_page_does_not_tell_that_a_deputy_has_registered(client, event, ann):
    stranger = client.post(link(ann, "deputy/"), DEPUTY, follow=True).content
    say(client, ann, "no")
    Registration.objects.filter(state="place").delete()
    known = register(event, DEPUTY["email"])
    messages = kinds()
    page = client.post(link(ann, "deputy/"), DEPUTY, follow=True).content
    assert strip(page, ann) == strip(stranger, ann)
    known.refresh_from_db()
    assert (known.state, known.invitation) == ("place", None)
    assert kinds() == messages


def strip(page, invitation):
    """Without what differs each time: tokens."""
    text = page.decode()
    main = text[text.index("<main") : text.index("</main")]
    return [
        line
        for line in main.splitlines()
        if "csrf" not in line and "/stop/" not in line
    ]


def test_a_deputy_who_wants_no_mail_gets_none(client, ann):
    suppressions.add(by=None, address=DEPUTY["email"], reason="asked")
    send_deputy(client, ann)
    assert "deputy_named" not in kinds()


def test_a_deputy_declines_and_the_other_may_answer_anew(client, event, ann):
    say(client, ann, "yes")
    send_deputy(client, ann)
    deputy = deputies.of(ann)
    page = f"/en/events/deputy/{tokens.make('deputy', str(deputy.pk))}/"
    assert "Ann" in client.get(page).content.decode()
    deputy.refresh_from_db()
    assert deputy.state == "place"
    for _ in range(2):
        client.post(page)
    deputy.refresh_from_db()
    ann.refresh_from_db()
    assert (deputy.state, ann.answer, ann.answered_at) == ("cancelled", "", None)
    told = Message.objects.get(kind="deputy_declined")
    assert told.to == ann.email
    assert "I do not come" not in client.get(page).content.decode()


def test_deputies_are_not_sent_mail_without_end(client, ann, own_clock):
    for number in range(answering.DEPUTIES):
        send_deputy(client, ann, email=f"d{number}@example.org")
    assert send_deputy(client, ann, email="more@example.org").status_code == 429


def test_an_erased_person_is_in_no_deputys_mail(client, event):
    zeb = asked(event, factories.make_person(name="Zebedee Unmistakable"))
    zeb_link = link(zeb, "deputy/")
    client.post(zeb_link, DEPUTY | {"sector": "academic"})
    assert "Zebedee" in Message.objects.get(kind="deputy_named").text
    erasure.erase(by=None, person=zeb.person)
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            assert "zebedee" not in str(row).lower(), model
