"""What everybody may know of a group, and what not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.events.services import attendances
from engagement.groups.models import Action, AgendaItem, Membership, MinutesNote
from tests.factories import (
    make_decision,
    make_group,
    make_meeting,
    make_output,
    make_person,
    make_registration,
    make_seat,
)

pytestmark = pytest.mark.django_db
QUESTIONS = [
    "Why it exists and who sits in it",
    "What it is doing",
    "When it has met",
    "What it has decided",
]


def get(client, group, lang="en"):
    return client.get(f"/{lang}/groups/{group.slug}/").content.decode()


def minutes_page(client, meeting, lang="en"):
    slug = meeting.group.slug
    return client.get(f"/{lang}/groups/{slug}/minutes/{meeting.pk}/")


def held(group, *, came=0, **fields):
    """Days ago, with attendance marked one by one."""
    event = {"days_ahead": -9, "status": "held"} | fields
    meeting = make_meeting(group=group, **event)
    rows = [make_registration(event=meeting.event).pk for _ in range(came)]
    if rows:
        attendances.mark(by=None, event=meeting.event, came=rows)
    return meeting


def approve(meeting):
    meeting.minutes, meeting.approved_at = "approved", timezone.now()
    meeting.minutes_public = True
    meeting.save()
    return meeting


def test_answers_four_questions_and_says_what_is_not_there(client):
    page = get(client, make_group())
    places = [page.index(f"<h2>{question}</h2>") for question in QUESTIONS]
    assert places == sorted(places)
    for text in ("No meeting is planned.", "No action is open.", "No decision is on"):
        assert text in page


def test_says_where_it_stands(client, study):
    terms = make_output(published=True, title_en="What the board may do")
    above = make_group(name_en="Board above", tier="strategic", study=study)
    group = make_group(
        study=study, parent=above, tier="operational", terms_of_reference=terms.slug
    )
    page = get(client, group)
    for text in ("Operational", "Board above", "What the board may do"):
        assert text in page
    assert terms.get_absolute_url() in page
    assert group.name_en in get(client, above)
    assert "schema.org/Organization" in page
    terms.status = "draft"
    terms.published_at = None
    terms.save()
    assert "What the board may do" not in get(client, group)


def test_lists_the_strategic_tier_first(client, study):
    for name, tier in (("Low", "operational"), ("Plain", ""), ("High", "strategic")):
        make_group(study=study, tier=tier, name_en=f"{name} group")
    page = client.get("/en/groups/").content.decode()
    order = ["Tier: Strategic", "High group", "Tier: Operational", "Low g", "Plain g"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_members_are_given_by_role_and_body(client):
    group = make_group()
    seat = make_seat(
        group=group, label_en="Council", member=make_person(name="Nia Rhys")
    )
    Membership.objects.update(role="chair")
    today = timezone.localdate()
    seat.memberships.create(
        person=make_person(name="Ifan Deputy"), role="deputy", started_on=today
    )
    page = get(client, group)
    assert "Chair <span" in page
    assert "Deputy <span" in page
    assert "Nia" not in page
    assert "Ifan" not in page


def test_terms_and_seats_of_other_days_are_not_on_the_page(client, manager_client):
    group, today = make_group(), timezone.localdate()
    seat = make_seat(group=group, label_en="Council")
    seat.memberships.create(
        person=make_person(name="Next Year"), started_on=today + timedelta(days=1)
    )
    make_seat(group=group, label_en="Done away", closed_on=today)
    make_seat(group=group, label_en="Not yet", opened_on=today + timedelta(days=1))
    page = get(manager_client, group)
    assert "Empty seats: 1 of 1" in page
    for text in ("Next Year", "Done away", "Not yet"):
        assert text not in page


def test_actions_have_no_owner_in_public(client):
    group = make_group()
    seat = make_seat(group=group, member=make_person(name="Nia Rhys"))
    meeting = make_meeting(group=group, days_ahead=-3)
    item = AgendaItem.objects.create(meeting=meeting, title_en="A", redacted=True)
    owned = {"group": group, "meeting": meeting, "owner": seat.memberships.get()}
    late = timezone.localdate() - timedelta(days=1)
    Action.objects.create(text_en="Ask", text_cy="Gofyn", due_on=late, **owned)
    Action.objects.create(text_en="Hidden", text_cy="Cudd", item=item, **owned)
    now = timezone.now()
    Action.objects.create(
        text_en="Over", text_cy="Drosodd", state="done", settled_at=now, **owned
    )
    page = get(client, group)
    assert "Ask" in page
    assert "Overdue" in page
    for text in ("Nia Rhys", "Hidden", "Over</li>", "Over\n"):
        assert text not in page


@pytest.mark.parametrize(
    ("came", "shown"),
    [(0, "\u2013"), (1, "hidden"), (9, "hidden"), (10, "10")],
)
def test_few_who_came_are_not_counted_in_public(client, came, shown):
    group = make_group()
    held(group, came=came)
    assert f'<td class="number">{shown}</td>' in get(client, group)


def test_a_head_count_of_before_counts(client):
    group = make_group()
    held(group, attended_reported=17)
    held(group, attended_reported=3)
    page = get(client, group)
    assert '<td class="number">17</td>' in page
    assert '<td class="number">hidden</td>' in page
    assert "Counts of fewer than 10 people are hidden" in page


def test_a_draft_and_what_is_called_off_is_no_next_meeting(client):
    group = make_group()
    make_meeting(group=group, title_en="Thought of", status="draft")
    make_meeting(group=group, title_en="Called off", status="cancelled")
    page = get(client, group)
    assert "Thought of" not in page
    assert "Called off" not in page
    assert "No meeting is planned." in page


def test_decisions_keep_their_numbers_where_one_is_left_out(client):
    group = make_group()
    meeting = held(group, starts_at=timezone.now().replace(year=2011, month=3, day=1))
    item = AgendaItem.objects.create(meeting=meeting, title_en="A", redacted=True)
    last = make_decision(meeting=meeting, text_en="We go on.")
    make_decision(meeting=meeting, text_en="Hush", redacted=True)
    make_decision(meeting=meeting, text_en="Psst", item=item, replaced_by=last)
    page = get(client, group)
    for number in ("SG-2011-01", "SG-2011-02", "SG-2011-03"):
        assert f"<dt>{number}</dt>" in page
    assert "Replaced by SG-2011-01" in page
    assert page.count("Left out: this decision is not for the public.") == 2
    assert "Hush" not in page
    assert "Psst" not in page


def test_minutes_are_out_when_they_are_approved_and_public(client, manager_client):
    meeting = held(make_group())
    link = f"/minutes/{meeting.pk}/"
    for state, is_public in (("draft", True), ("circulated", True)):
        meeting.minutes, meeting.minutes_public = state, is_public
        meeting.save()
        assert minutes_page(client, meeting).status_code == 404
        assert minutes_page(manager_client, meeting).status_code == 404
        assert link not in get(client, meeting.group)
    approve(meeting)
    assert minutes_page(client, meeting).status_code == 200
    assert link in get(client, meeting.group)
    other = make_group()
    assert client.get(f"/en/groups/{other.slug}{link}").status_code == 404
    meeting.minutes_public = False
    meeting.save()
    assert minutes_page(client, meeting).status_code == 404


def test_minutes_say_where_something_is_left_out(client):
    meeting = held(make_group(), came=12)
    said = AgendaItem.objects.create(
        meeting=meeting,
        title_en="Welcome",
        title_cy="Croeso",
        minutes_en="The chair *spoke*.",
        minutes_cy="Siaradodd y cadeirydd.",
    )
    shut = AgendaItem.objects.create(
        meeting=meeting, title_en="Hush", minutes_en="Psst", redacted=True, position=1
    )
    for item, text in ((said, "The deputy spoke."), (shut, "Quiet"), (None, "Date.")):
        MinutesNote.objects.create(
            meeting=meeting, item=item, text_en=text, text_cy="Nodyn."
        )
    make_decision(meeting=meeting, text_en="We go on.")
    approve(meeting)
    page = minutes_page(client, meeting).content.decode()
    assert "1. Welcome" in page
    assert "<em>spoke</em>" in page
    assert "Left out: this item is not for the public." in page
    for text in ("The deputy spoke.", "Date.", "We go on.", "<dd>12</dd>"):
        assert text in page, text
    assert f"Note of {timezone.localdate().day} " in page
    for text in ("Hush", "Psst", "Quiet"):
        assert text not in page, text
    page = minutes_page(client, meeting, "cy").content.decode()
    assert "Siaradodd y cadeirydd." in page
    assert "The chair" not in page


def test_minutes_without_words_say_so(client):
    meeting = approve(held(make_group()))
    assert "Nothing was written down." in minutes_page(client, meeting).content.decode()


def test_queries_do_not_grow(client, django_assert_max_num_queries):
    group = make_group(parent=make_group())
    for _ in range(5):
        make_seat(group=group, member=make_person())
        make_meeting(group=group)
        meeting = held(group, came=1)
        make_decision(meeting=meeting, replaced_by=make_decision(meeting=meeting))
        approve(meeting)
        item = AgendaItem.objects.create(meeting=meeting, title_en="A", title_cy="B")
        MinutesNote.objects.create(meeting=meeting, item=item, text_en="C")
        Action.objects.create(group=group, meeting=meeting, text_en="A", text_cy="B")
    with django_assert_max_num_queries(13):
        get(client, group)
    with django_assert_max_num_queries(10):
        minutes_page(client, meeting)
