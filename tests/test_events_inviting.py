"""Staff invite an audience by name: who is asked, who is not and why, and what is sent."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events import inviting
from engagement.events.models import Invitation
from engagement.events.services import invitations, registrations
from engagement.mail.models import Message
from engagement.people.models import Audience, EmailAddress, Person
from engagement.people.services import consents, merging, suppressions
from tests import factories
from tests.support.together import together

pytestmark = pytest.mark.django_db
COUNCILS = {"kind": "sector", "sectors": ["local_authority"]}


@pytest.fixture
def event():
    return factories.make_event(published=True, days_ahead=30, capacity=None)


@pytest.fixture
def audience():
    return Audience.objects.create(slug="councils", name="Councils", rule=COUNCILS)


def councillor(**fields):
    return factories.make_person(sector="local_authority", **fields)


def sorted_now(event):
    return inviting.sort(event, Person.objects.current())


def names(group):
    return [choice.person.name for choice in group]


def notes(group):
    return {choice.person.name: choice.note for choice in group}


def invite(event, *people, by=None):
    return invitations.invite(by=by, event=event, people=[one.pk for one in people])


def url(event, page="invite"):
    return f"/en/events/{event.slug}/{page}/"


def test_an_audience_is_shown_by_name_and_then_invited(
    manager_client, event, audience, deliver_mail
):
    body = factories.make_organisation(name_en="Demo Council")
    ann = factories.make_person(
        name="Ann", organisation=body, function="policy", language="cy"
    )
    factories.make_person(name="Zed", sector="academic")
    spared = councillor(name="Bob")
    page = manager_client.get(url(event), {"audience": "councils"}).content.decode()
    assert "Ann" in page
    assert "Demo Council" in page
    assert "Zed" not in page
    assert Invitation.objects.count() == 0
    assert event.title_cy in page
    assert event.title_en in page
    answer = manager_client.post(
        url(event) + "?audience=councils", {"people": [ann.pk], "audience": "councils"}
    )
    assert answer.url == url(event, "invitations")
    row = Invitation.objects.get()
    assert (row.person, row.audience, row.email) == (ann, audience, ann.email)
    assert (row.sector, row.function, row.language) == (
        "local_authority",
        "policy",
        "cy",
    )
    assert not Invitation.objects.filter(person=spared).exists()
    (mail,) = deliver_mail()
    subject = str(mail["Subject"])
    assert subject.startswith("Gwahoddiad: ")
    assert "Invitation: " in subject
    text = mail.get_body(("plain",)).get_content()
    assert text.index("/cy/events/invitation/") < text.index("/en/events/invitation/")
    listed = manager_client.get(url(event, "invitations")).content.decode()
    assert "Ann" in listed
    assert "No answer" in listed
    assert "Sends a deputy</th>" in listed


def test_one_person_is_found_by_name(manager_client, event):
    councillor(name="Ann Unusual")
    councillor(name="Bob")
    page = manager_client.get(url(event), {"words": "unusual"}).content.decode()
    assert "Ann Unusual" in page
    assert "Bob" not in page


def test_everybody_is_in_one_group_with_the_reason(event):
    factories.make_person(name="Fresh")
    factories.make_person(name="No address", email="")
    never = factories.make_person(name="Never")
    suppressions.add(by=None, address=never.email, reason="asked")
    objects, elsewhere = (
        factories.make_person(name="Objects"),
        factories.make_person(name="Elsewhere"),
    )
    for person, about in ((objects, inviting.EVERY), (elsewhere, "another-event")):
        consents.withdraw(person=person, purpose="event", about=about, source="link")
    asked = factories.make_person(name="Asked")
    invite(event, asked)
    registered = factories.make_person(name="Registered", email="reg@example.org")
    registrations.register(
        by=None,
        event=event,
        language="en",
        name="R",
        email=registered.email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )
    groups = sorted_now(event)
    assert names(groups.fresh) == ["Elsewhere", "Fresh"]
    assert notes(groups.already) == {
        "Asked": "Invited. Has not answered yet",
        "Registered": "Has registered",
    }
    assert notes(groups.stopped) == {
        "Never": "Asked not to be written to",
        "No address": "No address is on record",
        "Objects": "Has asked for no invitations",
    }
    assert invite(event, *Person.objects.all()) == 2


def test_nobody_is_invited_twice_by_whatever_address(event):
    ann = factories.make_person(email="ann@example.org")
    invite(event, ann)
    # The address passes to somebody else, who has it with capitals.
    EmailAddress.objects.filter(person=ann).delete()
    Person.objects.filter(pk=ann.pk).update(email="")
    other = factories.make_person(email="Ann@Example.ORG")
    assert invite(event, ann, other) == 0
    assert Message.objects.filter(kind="invitation").count() == 1


def test_the_database_keeps_it_too(event):
    ann = factories.make_person()
    invite(event, ann)
    with pytest.raises(IntegrityError):
        Invitation.objects.create(
            event=event, person=ann, name="A", email="b@example.org", language="en"
        )


def test_who_was_merged_is_not_asked_under_the_other_name(event):
    kept, merged = factories.make_person(), factories.make_person()
    invite(event, merged)
    merging.merge(by=None, kept=kept, merged=merged)
    assert Invitation.objects.get().person == kept
    assert invite(event, kept) == 0


def test_two_invitations_of_the_merged_stay_one_each_and_count_as_invited(event):
    kept, merged = factories.make_person(), factories.make_person()
    invite(event, kept, merged)
    merging.merge(by=None, kept=kept, merged=merged)
    assert invite(event, kept) == 0
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(("days", "often"), [(89, True), (91, False)])
def test_who_was_asked_to_three_events_lately_is_shown_apart(
    manager_client, event, audience, days, often
):
    ann = councillor(name="Ann")
    for _ in range(3):
        other = factories.make_event(published=True)
        invite(other, ann)
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=days))
    groups = sorted_now(event)
    assert names(groups.often) == (["Ann"] if often else [])
    page = manager_client.get(url(event), {"audience": "councils"}).content.decode()
    assert ("Other events in 90 days: 3" in page) is often


def test_not_asked_lately_knows_of_invitations(event):
    asked, idle = factories.make_person(), factories.make_person()
    invite(event, asked)
    audience = Audience(rule={"kind": "not_asked", "days": 30})
    from engagement.people.services import audiences

    assert list(audiences.people_in(audience)) == [idle]


def test_a_stale_form_says_how_many_were_invited_meanwhile(
    manager_client, event, audience
):
    ann, bob = councillor(), councillor()
    invite(event, ann)
    answer = manager_client.post(url(event), {"people": [ann.pk, bob.pk]}, follow=True)
    page = answer.content.decode()
    assert "People invited: 1" in page
    assert "Not invited, as they were invited meanwhile or can no longer be: 1" in page


def test_nobody_ticked_is_a_problem_shown_with_the_people(
    manager_client, event, audience
):
    councillor(name="Ann")
    answer = manager_client.post(url(event) + "?audience=councils", {})
    assert answer.status_code == 422
    assert "Tick at least one person." in answer.content.decode()
    assert "Ann" in answer.content.decode()


@pytest.mark.parametrize("sent", [["x"], ["-1"], ["9" * 30], ["²"]])
def test_what_is_no_number_is_refused(manager_client, event, sent):
    answer = manager_client.post(url(event), {"people": sent})
    assert answer.status_code == 422


@pytest.mark.parametrize("status", ["cancelled", "held", "draft"])
def test_only_an_open_event_is_one_to_invite_to(manager_client, event, status):
    ann = factories.make_person()
    type(event).objects.update(status=status)
    assert manager_client.post(url(event), {"people": [ann.pk]}).status_code == 422
    assert Invitation.objects.count() == 0


def test_taken_back_before_it_left_nobody_is_written_to(event, manager):
    ann = factories.make_person()
    invite(event, ann)
    invitations.withdraw(by=manager, invitation=Invitation.objects.get())
    mail = Message.objects.get()
    assert (mail.kind, mail.state) == ("invitation", "failed")


def test_taken_back_after_it_left_they_are_told_once(
    manager_client, event, deliver_mail
):
    ann = factories.make_person()
    invite(event, ann)
    deliver_mail()
    row = Invitation.objects.get()
    page = f"{url(event, 'invitations')}{row.pk}/withdraw/"
    assert manager_client.get(page).status_code == 200
    row.refresh_from_db()
    assert row.withdrawn_at is None
    manager_client.post(page)
    manager_client.post(page)
    (mail,) = deliver_mail()
    assert "Invitation taken back" in str(mail["Subject"])
    assert Entry.objects.filter(action="invitation.withdrawn").count() == 1


def test_who_was_uninvited_can_be_invited_again(event, deliver_mail):
    ann = factories.make_person(name="Ann")
    invite(event, ann)
    deliver_mail()
    invitations.withdraw(by=None, invitation=Invitation.objects.get())
    groups = sorted_now(event)
    assert "taken back" in notes(groups.fresh)["Ann"]
    assert invite(event, ann) == 1
    row = Invitation.objects.get()
    assert row.withdrawn_at is None
    assert Message.objects.filter(kind="invitation").count() == 2


def test_an_address_of_somebody_uninvited_is_free_for_its_new_owner(event):
    ann = factories.make_person(email="desk@example.org")
    invite(event, ann)
    invitations.withdraw(by=None, invitation=Invitation.objects.get())
    EmailAddress.objects.filter(person=ann).delete()
    Person.objects.filter(pk=ann.pk).update(email="")
    new = factories.make_person(email="desk@example.org")
    assert invite(event, new) == 1
    assert Invitation.objects.get().person == new


def test_calling_off_stops_what_waits_and_tells_who_was_asked(
    manager_client, event, deliver_mail
):
    told, no = factories.make_person(), factories.make_person()
    invite(event, told, no)
    deliver_mail()
    Invitation.objects.filter(person=no).update(answer="no", answered_at=timezone.now())
    waiting = factories.make_person()
    invite(event, waiting)
    reason = {"reason_en": "No hall.", "reason_cy": "Dim neuadd."}
    manager_client.post(url(event, "cancel"), reason)
    sent = deliver_mail()
    assert [mail["To"] for mail in sent] == [told.email]
    assert "No hall." in sent[0].get_body(("plain",)).get_content()


def test_the_trail_names_nobody(manager, event):
    ann = factories.make_person(name="Zebedee")
    invite(event, ann, by=manager)
    entry = Entry.objects.get(action="event.invited")
    assert entry.detail == {"people": 1}
    assert "Zebedee" not in str(entry.__dict__)


@pytest.mark.slow
def test_the_questions_do_not_grow(
    manager_client, event, audience, django_assert_max_num_queries
):
    for _ in range(30):
        invite(event, councillor())
        councillor()
    with django_assert_max_num_queries(18):
        manager_client.get(url(event), {"audience": "councils"})
    with django_assert_max_num_queries(10):
        manager_client.get(url(event, "invitations"))


@pytest.mark.slow
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_invite_nobody_twice():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    event = factories.make_event(published=True, days_ahead=30)
    people = [factories.make_person() for _ in range(20)]
    numbers = []
    raised = together(
        *[lambda: numbers.append(invite(event, *people)) for _ in range(4)]
    )
    assert raised == [None] * 4
    assert sorted(numbers) == [0, 0, 0, 20]
    assert Message.objects.filter(kind="invitation").count() == 20
