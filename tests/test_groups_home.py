"""The home of whoever sits in a group."""

import datetime

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import Invitation
from engagement.events.services import invitations
from engagement.groups.models import Action, Pack, PaperRead
from engagement.people.models import Consent
from tests.conftest import signed_in
from tests.factories import (
    make_decision,
    make_group,
    make_meeting,
    make_paper,
    make_person,
    make_seat,
    make_user,
)

pytestmark = pytest.mark.django_db
HOME = "/en/groups/home/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def person(steering_member):
    return make_person(
        user=steering_member, name="Nia Rhys", sector="local_authority", language="en"
    )


@pytest.fixture
def group():
    return make_group(name_en="Index Board", name_cy="Bwrdd y Mynegai")


@pytest.fixture
def seat(group, person):
    return make_seat(group=group, label_en="Council", member=person)


@pytest.fixture
def meeting(group, seat):
    return make_meeting(group=group, title_en="Spring meeting", published=True)


def get(client, lang="en"):
    return client.get(f"/{lang}/groups/home/").content.decode()


def invite(meeting, *people):
    invitations.invite(by=None, event=meeting.event, people=[p.pk for p in people])


def say(client, meeting, answer):
    return client.post(
        f"/en/groups/home/meetings/{meeting.pk}/answer/", {"answer": answer}
    )


def owe(meeting, seat, **fields):
    return Action.objects.create(
        group=meeting.group,
        meeting=meeting,
        owner=seat.memberships.get(),
        **{"text_en": "Ask the councils", "text_cy": "Gofyn i'r cynghorau"} | fields,
    )


def test_signing_in_leads_a_member_there(member_client, manager_client):
    assert member_client.get("/en/dashboard/").url == HOME
    assert manager_client.get("/en/dashboard/").status_code == 200


def test_says_who_can_help_where_somebody_sits_nowhere(member_client):
    assert "You do not sit in a group yet." in get(member_client)


def test_every_part_says_when_it_has_nothing(member_client, seat):
    page = get(member_client)
    for text in (
        "No meeting has been planned yet.",
        "You have opened every paper of your term.",
        "You owe nothing.",
        "Nothing has been decided in your term yet.",
        "Your name is not shown.",
    ):
        assert text in page, text


def test_shows_what_is_theirs_in_both_languages(member_client, meeting, seat):
    make_paper(meeting=meeting, title_en="Weights", title_cy="Pwysau")
    owe(meeting, seat)
    make_decision(meeting=meeting, text_en="We go on.", text_cy="Ymlaen.")
    page = get(member_client)
    for text in ("Index Board", "Spring meeting", "Weights", "Ask the councils"):
        assert text in page, text
    assert f"SG-{timezone.localdate(meeting.event.starts_at).year}-01" in page
    assert "We go on." in page
    page = get(member_client, "cy")
    for text in ("Bwrdd y Mynegai", "Pwysau", "Gofyn i&#x27;r cynghorau", "Ymlaen."):
        assert text in page, text
    assert "Your next meetings" not in page


def test_one_click_is_the_answer_of_the_mailed_link(
    member_client, meeting, person, deliver_mail
):
    assert "once you have been invited" in get(member_client)
    assert say(member_client, meeting, "yes").status_code == 404
    invite(meeting, person)
    assert "none yet" in get(member_client)
    assert say(member_client, meeting, "yes").url == HOME
    asked = Invitation.objects.get()
    assert asked.answer == "yes"
    place = meeting.event.registrations.get()
    assert (place.invitation, place.state, place.person) == (asked, "place", person)
    kinds = [str(mail["Subject"]) for mail in deliver_mail()]
    assert any("Spring meeting" in subject for subject in kinds)
    say(member_client, meeting, "no")
    asked.refresh_from_db()
    assert asked.answer == "no"
    assert not meeting.event.registrations.in_force().exists()


def test_the_deputy_of_the_seat_comes_with_one_click(
    member_client, meeting, seat, person, deliver_mail
):
    invite(meeting, person)
    deputy = make_person(name="Ifan Deputy", email="ifan@example.org")
    seat.memberships.create(
        person=deputy, role="deputy", started_on=timezone.localdate()
    )
    assert "My deputy comes (<bdi>Ifan Deputy</bdi>)" in get(member_client)
    assert say(member_client, meeting, "deputy").url == HOME
    place = meeting.event.registrations.in_force().get()
    assert (place.email, place.source) == ("ifan@example.org", "deputy")
    assert Invitation.objects.get().answer == "deputy"
    assert "ifan@example.org" in [mail["To"] for mail in deliver_mail()]


def test_without_a_deputy_on_record_the_page_of_the_link_asks_who(
    member_client, meeting, person
):
    invite(meeting, person)
    answer = say(member_client, meeting, "deputy")
    assert "/events/invitation/" in answer.url
    assert "deputy" in answer.url
    assert member_client.get(answer.url).status_code == 200
    assert Invitation.objects.get().answer == ""


@pytest.mark.parametrize("answer", ["", "maybe", "keep_informed"])
def test_what_is_no_answer_is_refused(member_client, meeting, person, answer):
    invite(meeting, person)
    page = say(member_client, meeting, answer)
    assert page.status_code == 422
    assert "Choose an answer." in page.content.decode()
    assert Invitation.objects.get().answer == ""


def test_a_meeting_that_has_begun_takes_no_answer(
    member_client, meeting, person, time_machine
):
    invite(meeting, person)
    time_machine.move_to(meeting.event.starts_at + datetime.timedelta(minutes=1))
    page = say(member_client, meeting, "yes")
    assert page.status_code == 302
    assert Invitation.objects.get().answer == ""


def test_nobody_answers_for_another(member_client, meeting):
    other = make_person(sector="academic")
    make_seat(group=meeting.group, member=other)
    invite(meeting, other)
    assert say(member_client, meeting, "yes").status_code == 404
    assert Invitation.objects.get().answer == ""


def test_a_paper_is_unread_until_it_is_opened(
    member_client, steering_member, manager_client, meeting
):
    paper = make_paper(meeting=meeting, title_en="Weights")
    manager_client.get(f"/en/groups/papers/{paper.pk}/")
    member_client.head(f"/en/groups/papers/{paper.pk}/")
    assert "Weights" in get(member_client)
    for _twice in range(2):
        member_client.get(f"/en/groups/papers/{paper.pk}/")
    assert "Weights" not in get(member_client)
    assert PaperRead.objects.filter(user=steering_member).count() == 1


def test_done_keeps_what_came_of_it_in_the_language_it_was_written_in(
    member_client, meeting, seat
):
    action = owe(meeting, seat)
    url = f"/cy/groups/home/actions/{action.pk}/done/"
    assert member_client.post(url, {"outcome": "Gofynnwyd."}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.outcome_cy, action.outcome_en) == (
        "done",
        "Gofynnwyd.",
        "",
    )
    assert action.settled_at is not None
    assert "Ask the councils" not in get(member_client)
    assert member_client.post(url).status_code == 404
    assert Entry.objects.filter(action="action.reported").count() == 1


def test_what_came_of_it_is_checked(member_client, meeting, seat):
    action = owe(meeting, seat)
    url = f"/en/groups/home/actions/{action.pk}/done/"
    page = member_client.post(url, {"outcome": "A" * 2001})
    assert page.status_code == 422
    assert f'id="id_outcome_{action.pk}"' in page.content.decode()
    action.refresh_from_db()
    assert action.state == "open"


def test_nobody_settles_what_another_owes(member_client, meeting, seat):
    other = make_seat(group=meeting.group, member=make_person())
    action = owe(meeting, other)
    assert "Ask the councils" not in get(member_client)
    url = f"/en/groups/home/actions/{action.pk}/done/"
    assert member_client.post(url).status_code == 404


def test_a_name_is_shown_with_consent_until_it_is_taken_back(
    client, member_client, group, seat
):
    public, url = f"/en/groups/{group.slug}/", f"/en/groups/home/{group.slug}/name/"
    assert "Nia Rhys" not in client.get(public).content.decode()
    for _twice in range(2):
        assert member_client.post(url, {"named": "yes"}).url == HOME
    given = Consent.objects.get()
    assert (given.purpose, given.about) == ("membership", group.slug)
    assert given.wording == (
        "I agree that the public page of “Index Board” shows my name beside my seat "
        "while I sit in it. I can take this back at any time, and my name is then no "
        "longer shown."
    )
    assert "Nia Rhys" in client.get(public).content.decode()
    assert "Your name is shown, as you agreed." in get(member_client)
    for _twice in range(2):
        member_client.post(url, {"named": "no"})
    assert [row.action for row in Consent.objects.all()] == ["given", "withdrawn"]
    assert "Nia Rhys" not in client.get(public).content.decode()
    kept = Entry.objects.filter(target_kind="groups.group")
    assert [row.action for row in kept.order_by("pk")] == [
        "group.named_member",
        "group.unnamed_member",
    ]
    assert all("Nia" not in row.target + str(row.detail) for row in kept)


def test_consent_is_for_one_group_and_ends_with_the_term(
    client, member_client, group, seat, person
):
    other = make_group()
    make_seat(group=other, member=person)
    member_client.post(f"/en/groups/home/{group.slug}/name/", {"named": "yes"})
    assert "Nia Rhys" not in client.get(f"/en/groups/{other.slug}/").content.decode()
    seat.memberships.update(ended_on=timezone.localdate())
    assert "Nia Rhys" not in client.get(f"/en/groups/{group.slug}/").content.decode()
    assert member_client.post(f"/en/groups/home/{group.slug}/name/").status_code == 404


def test_a_choice_that_is_none_is_refused(member_client, group, seat):
    page = member_client.post(f"/en/groups/home/{group.slug}/name/", {"named": "?"})
    assert page.status_code == 422
    assert not Consent.objects.exists()


def test_the_pack_and_what_was_reached_are_linked_where_they_are(
    member_client, meeting
):
    for state, language in (("made", "en"), ("making", "cy")):
        Pack.objects.create(
            meeting=meeting, language=language, state=state, asked_at=timezone.now()
        )
    assert get(member_client).count("in one file, in Welsh") == 0


def test_a_script_is_shown_as_text(member_client, meeting, seat, person):
    make_paper(meeting=meeting, title_en=SCRIPT)
    owe(meeting, seat, text_en=SCRIPT)
    make_decision(meeting=meeting, text_en=SCRIPT)
    page = get(member_client)
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;") >= 3


def test_queries_do_not_grow_with_groups(django_assert_max_num_queries):
    user = make_user("steering_member")
    person = make_person(user=user)
    for _ in range(5):
        seat = make_seat(group=make_group(), member=person)
        for days in (3, 9, -3):
            meeting = make_meeting(group=seat.group, days_ahead=days)
            make_paper(meeting=meeting)
            owe(meeting, seat)
            make_decision(meeting=meeting)
    client = signed_in(user)
    with django_assert_max_num_queries(14):
        get(client)


def test_a_meeting_without_a_time_is_not_the_next_one(member_client, meeting):
    make_meeting(
        group=meeting.group, title_en="At some time", status="ongoing", starts_at=None
    )
    page = get(member_client)
    assert "Spring meeting" in page
    assert "At some time" not in page


def test_read_in_one_language_is_read(member_client, meeting):
    title = {"title_en": "Weights", "title_cy": "Pwysau"}
    paper = make_paper(meeting=meeting, **title)
    make_paper(meeting=meeting, language="cy", **title)
    make_paper(meeting=meeting, title_en="Another")
    member_client.get(f"/en/groups/papers/{paper.pk}/")
    page = get(member_client)
    assert "Weights" not in page
    assert "Another" in page
