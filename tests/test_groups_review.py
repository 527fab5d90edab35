"""A long study is reviewed every three months, with a checklist made from the data."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from engagement.audit.models import Entry
from engagement.groups.models import Group, Membership, Review
from engagement.groups.services import review_clock, reviews
from engagement.mail.models import Message
from engagement.studies.models import Study
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 15)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2027-03-15 09:00", tick=False):
        yield


def long_study(**fields):
    return factories.make_study(**{"starts_on": date(2025, 1, 31)} | fields)


@pytest.fixture
def review():
    study = long_study()
    group = factories.make_group(study=study)
    factories.make_meeting(group=group)
    return Review.objects.create(study=study, due_on=date(2027, 3, 20))


def page(client, review, lang="en", part=""):
    return client.get(f"/{lang}/groups/reviews/{review.pk}/{part}").content.decode()


# The clock


@pytest.mark.parametrize(
    ("starts", "ends", "long"),
    [
        (None, None, False),
        (date(2027, 1, 1), date(2028, 7, 1), False),
        (date(2027, 1, 1), date(2028, 7, 2), True),
        (date(2025, 9, 15), None, False),
        (date(2025, 9, 14), None, True),
    ],
)
def test_a_study_runs_long_where_it_lasts_over_eighteen_months(starts, ends, long):
    assert review_clock.runs_long(Study(starts_on=starts, ends_on=ends), TODAY) is long


@given(
    starts=st.dates(date(2000, 1, 1), date(2025, 8, 1)),
    last=st.none() | st.dates(date(2024, 1, 1), TODAY),
)
def test_the_next_is_ahead_within_three_months_on_a_day_of_the_study(starts, last):
    study = Study(starts_on=starts)
    due = review_clock.next_due(study, Review(due_on=last) if last else None, TODAY)
    assert TODAY < due <= review_clock.later(TODAY, 3)
    months = (due.year - starts.year) * 12 + due.month - starts.month
    assert months % 3 == 0
    assert due == review_clock.later(starts, months)


def test_the_sweep_makes_one_and_no_second_until_it_is_due_or_done():
    study = long_study()
    assert [review_clock.plan_due(by=None) for _ in range(3)] == [1, 0, 0]
    review = study.reviews.get()
    # From the 31st of January: the last of a shorter month.
    assert review.due_on == date(2027, 4, 30)
    assert Entry.objects.filter(action="review.planned").count() == 1
    review.done_at = timezone.now()
    review.save()
    assert review_clock.plan_due(by=None) == 1
    with time_machine.travel("2027-07-31 09:00", tick=False):
        assert review_clock.plan_due(by=None) == 1
    days = list(study.reviews.values_list("due_on", flat=True))
    assert days == [date(2027, 4, 30), date(2027, 7, 31), date(2027, 10, 31)]


def test_a_short_one_an_ended_one_and_one_about_to_end_have_none():
    long_study(starts_on=date(2026, 12, 1))
    long_study(ends_on=date(2027, 3, 1))
    long_study(ends_on=date(2027, 4, 29))
    assert review_clock.plan_due(by=None) == 0


# The mail


def test_the_secretary_is_told_two_weeks_before_in_both_languages(manager):
    study = long_study()
    factories.make_group(study=study, secretary=manager)
    review = Review.objects.create(study=study, due_on=date(2027, 3, 30))
    assert review_clock.announce_due(by=None) == 0
    with time_machine.travel("2027-03-16 09:00", tick=False):
        assert review_clock.announce_due(by=None) == 1
        assert review_clock.announce_due(by=None) == 0
    mail = Message.objects.get()
    assert mail.to == manager.email
    assert "The three-monthly review of this study comes due:" in mail.text
    assert "Mae adolygiad tri-misol yr astudiaeth hon ar ddod:" in mail.text
    for lang in ("en", "cy"):
        assert f"/{lang}/groups/reviews/{review.pk}/" in mail.text


def test_the_lead_is_told_rather_than_the_secretary(manager):
    study = long_study()
    factories.make_group(study=study, secretary=manager)
    lead = factories.make_person(language="cy")
    study.ownerships.create(role="lead", person=lead, started_on=date(2025, 1, 1))
    Review.objects.create(study=study, due_on=date(2027, 3, 20))
    review_clock.announce_due(by=None)
    mail = Message.objects.get()
    assert mail.to == lead.email
    assert mail.subject.startswith("Mae astudiaeth i'w hadolygu")


def test_where_nobody_can_be_told_it_waits_for_somebody(review, manager):
    assert review_clock.announce_due(by=None) == 0
    Group.objects.update(secretary=manager)
    assert review_clock.announce_due(by=None) == 1


# The checklist


def test_it_is_made_from_what_is_on_record(review, member_client, manager_client):
    study, group = review.study, review.study.groups.get()
    words = {"title_cy": "Carreg", "status": "due"}
    study.milestones.create(title_en="Late", due_on=date(2027, 3, 1), **words)
    study.milestones.create(title_en="Ahead", due_on=date(2027, 6, 1), **words)
    done = {"status": "done", "title_cy": "Carreg"}
    study.milestones.create(title_en="Lately", done_on=date(2027, 2, 1), **done)
    study.milestones.create(title_en="Long ago", done_on=date(2020, 2, 1), **done)
    study.policy_changes.create(on=date(2027, 2, 2), text_en="Bill", text_cy="Bil")
    study.policy_changes.create(on=date(2026, 2, 2), text_en="Old", text_cy="Hen")
    study.risks.create(kind="other", text_en="Rain", text_cy="Glaw")
    target = {"label_en": "Charities", "label_cy": "Elusennau", "sector": "voluntary"}
    study.targets.create(**target)
    seat = factories.make_seat(group=group, label_en="Police", label_cy="Heddlu")
    output = factories.make_output(published=True, study=study, title_en="Map")
    output.published_at = timezone.now()
    output.save()
    text = page(manager_client, review)
    for said in ("Late", "Ahead", "Lately", "Bill", "Rain", "Published: Map"):
        assert said in text, said
    assert "Overdue" in text
    assert "Nobody was reached: Charities" in text
    assert f"Empty seat: Police ({group.name_en})" in text
    for unsaid in ("Long ago", "Old"):
        assert unsaid not in text
    welsh = page(manager_client, review, "cy")
    assert "Sedd wag: Heddlu" in welsh
    assert "Nid oes neb wedi'i gyrraedd: Elusennau" in welsh.replace("&#x27;", "'")
    person = factories.make_person(sector="voluntary")
    Membership.objects.create(seat=seat, person=person, started_on=TODAY)
    event = factories.make_event(study=study, published=True, days_ahead=-3)
    own = factories.make_meeting(group=group, days_ahead=-2).event
    theirs = factories.make_registration(event=own, sector="voluntary")
    factories.make_attendance(theirs)
    assert "Nobody was reached" in page(manager_client, review)
    registration = factories.make_registration(event=event, sector="voluntary")
    factories.make_attendance(registration)
    text = page(manager_client, review)
    assert "Empty seat: Police" not in text
    assert "Nobody was reached" not in text


def test_what_was_kept_stays_and_the_next_says_what_changed(review):
    study, meeting = review.study, Group.objects.get().meetings.get()
    words = {"title_cy": "Carreg", "status": "due"}
    moving = study.milestones.create(title_en="Survey", **words)
    gone = study.risks.create(kind="other", text_en="Rain", text_cy="Glaw")
    first = reviews.open_for(by=None, review=review, meeting=meeting)
    kept = first.checklist
    assert kept["is_first"]
    moving.status, moving.done_on = "done", date(2027, 4, 1)
    moving.save()
    with time_machine.travel("2027-06-10 09:00", tick=False):
        gone.closed_at = timezone.now()
        gone.save()
        study.risks.create(kind="other", text_en="Snow", text_cy="Eira")
        first.refresh_from_db()
        assert first.checklist == kept
        following = Review.objects.create(study=study, due_on=date(2027, 6, 20))
        now = reviews.open_for(by=None, review=following, meeting=meeting).checklist
    assert now["since"] == "2027-03-16"
    assert {line["text_en"] for line in now["changes"]} == {
        "Survey: was “Due”, is “Done”",
        "New: Snow",
        "No longer so: Rain",
    }
    assert "No longer so: Survey" not in str(now)


# Meeting, words, end


def test_staff_open_it_write_what_was_said_and_end_it(review, manager_client):
    meeting = Group.objects.get().meetings.get()
    path = f"/en/groups/reviews/{review.pk}/"
    refused = manager_client.post(path + "done/", follow=True).content.decode()
    assert "write what the group said, first" in refused
    assert manager_client.post(path + "open/", {"meeting": meeting.pk}).url == path
    said = {"note_en": "Go on.", "note_cy": "Ymlaen."}
    assert manager_client.post(path + "said/", said).url == path
    factories.make_decision(meeting=meeting)
    manager_client.post(path + "done/")
    review.refresh_from_db()
    assert review.done_at
    assert review.done_by.email
    text = page(manager_client, review)
    assert "Go on." in text
    assert "SG-2027-01: So." in text
    assert "Ymlaen." in page(manager_client, review, "cy")
    with pytest.raises(reviews.Done):
        reviews.note(by=None, review=review, note_en="No.", note_cy="Na.")
    again = manager_client.post(path + "open/", {"meeting": meeting.pk})
    assert again.status_code == 422


def test_a_meeting_of_another_group_is_none(review, manager_client):
    others = factories.make_group(study=review.study, kind="working")
    meeting = factories.make_meeting(group=others)
    path = f"/en/groups/reviews/{review.pk}/open/"
    assert manager_client.post(path, {"meeting": meeting.pk}).status_code == 422
    steering = Group.objects.steering(review.study).get()
    off = factories.make_meeting(group=steering, status="cancelled")
    assert manager_client.post(path, {"meeting": off.pk}).status_code == 422
    with pytest.raises(reviews.NotTheirs):
        reviews.open_for(by=None, review=review, meeting=meeting)


def test_words_in_one_language_are_refused(review, manager_client):
    path = f"/en/groups/reviews/{review.pk}/said/"
    answer = manager_client.post(path, {"note_en": "Go on."})
    assert answer.status_code == 422
    assert "Write this in English and in Welsh." in answer.content.decode()


# Who reads it


def test_members_read_it_while_their_term_lasts_and_nobody_else(review, client):
    sits = factories.make_user("steering_member")
    person = factories.make_person()
    person.user = sits
    person.save()
    group = Group.objects.get()
    seat = factories.make_seat(group=group)
    term = Membership.objects.create(seat=seat, person=person, started_on=TODAY)
    reader = signed_in(sits)
    other = signed_in(factories.make_user("steering_member"))
    paths = [
        f"/en/groups/reviews/{review.pk}/",
        f"/en/groups/reviews/of/{review.study.slug}/",
    ]
    for path in paths:
        assert reader.get(path).status_code == 200
        assert other.get(path).status_code == 403
        assert client.get(path).status_code == 302
        assert reader.post(f"{paths[0]}done/").status_code == 403
    term.ended_on = TODAY
    term.save()
    assert [reader.get(path).status_code for path in paths] == [403, 403]


def test_a_study_without_reviews_says_why(manager_client):
    long, short = long_study(), factories.make_study()
    path = "/en/groups/reviews/of/{}/"
    text = manager_client.get(path.format(long.slug)).content.decode()
    assert "No review is planned yet." in text
    text = manager_client.get(path.format(short.slug)).content.decode()
    assert "This study has no reviews" in text


def test_the_pages_ask_as_much_of_many_as_of_few(
    review, manager_client, django_assert_max_num_queries
):
    study, group = review.study, review.study.groups.get()
    for number in range(12):
        day = date(2020, 1, 1) + timedelta(days=number)
        Review.objects.create(study=study, due_on=day, meeting=group.meetings.get())
        study.milestones.create(title_en="A", title_cy="B", status="due")
        study.risks.create(kind="other", text_en="Rain", text_cy="Glaw")
        label = {"label_en": "C", "label_cy": "E", "sector": "voluntary"}
        study.targets.create(**label)
        factories.make_seat(group=group)
    with django_assert_max_num_queries(20):
        page(manager_client, review)
    with django_assert_max_num_queries(8):
        manager_client.get(f"/en/groups/reviews/of/{study.slug}/")
