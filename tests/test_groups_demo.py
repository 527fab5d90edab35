from pathlib import Path

import pytest
from django.utils import timezone

from engagement.accounts import demo as accounts
from engagement.accounts.models import User
from engagement.events import demo as events
from engagement.events.models import Attendance, Event, Invitation
from engagement.groups import demo as groups
from engagement.groups.models import (
    Action,
    AgendaItem,
    Decision,
    DeclaredInterest,
    Group,
    Meeting,
    Membership,
    MinutesNote,
    Paper,
    Review,
    Seat,
)
from engagement.groups.services import review_clock
from engagement.mail.models import Message
from engagement.people import demo as people
from engagement.people.models import Organisation, Person
from engagement.studies import demo as studies
from engagement.studies.models import Ownership, Risk, Study, Target
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MODELS = (Group, Seat, Membership, Event, Decision, Paper, Person)
MODELS += (
    Action,
    AgendaItem,
    Attendance,
    Invitation,
    MinutesNote,
    Review,
    Risk,
    Target,
)


def load_all():
    people.load()
    studies.load()
    events.load()
    groups.load()


@pytest.fixture
def loaded():
    accounts.load()
    load_all()


def test_the_meetings_that_the_report_names_are_the_groups(loaded):
    known = Meeting.objects.exclude(event__source="")
    assert [str(m.event.source) for m in known] == ["2.23; Annex 2 2.5, 2.8"]
    assert known.get().group.slug == "lti-steering"


def test_the_groups_of_the_report_with_their_seats(loaded, client):
    assert Group.objects.exclude(source="").count() == 18
    page = client.get("/en/groups/lti-steering/").content.decode()
    # The two that the report recommends, and one for the voluntary sector.
    assert "Empty seats: 3 of 12" in page
    assert Organisation.objects.filter(seats__group__slug="lti-steering").exists()


def test_the_member_reads_the_agenda_and_others_do_not(loaded, member_client):
    assert {paper.language for paper in Paper.objects.all()} == {"en", "cy"}
    url = f"/en/groups/papers/{Paper.objects.first().pk}/"
    assert member_client.get(url).status_code == 403
    member = signed_in(User.objects.get(email=groups.MEMBER))
    answer = member.get(url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_what_is_made_up_says_so(loaded):
    for model in (Membership, Decision, Paper):
        assert model.objects.exists()
        assert not model.objects.filter(is_synthetic=False).exists()
    assert not Event.objects.filter(source="", is_synthetic=False).exists()
    assert Meeting.objects.filter(event__is_synthetic=True).count() == 4


def test_the_groups_of_the_index_report_to_its_steering_group(loaded):
    steering = Group.objects.get(slug="wimd-steering")
    assert steering.tier == "strategic"
    assert steering.children.count() == 9
    assert set(steering.children.values_list("tier", flat=True)) == {"operational"}
    codes = steering.children.filter(kind="working").values_list("code", flat=True)
    assert set(codes) == {f"WG{number}" for number in range(1, 8)}
    assert not Group.objects.filter(study__isnull=False, secretary=None).exists()
    recommended = Seat.objects.filter(note_en__contains="recommended")
    assert set(recommended.values_list("need", flat=True)) == {"wanted"}


def test_a_seat_was_vacated_and_refilled_by_somebody_who_never_came(loaded):
    seat = Seat.objects.get(source="Annex 2 2.5; fn 59")
    left, came = seat.memberships.all()
    assert left.ended_on < came.started_on
    assert came.ended_on is None
    assert not came.person.registrations.exists()
    held = Meeting.objects.filter(event__status="held")
    assert held.filter(event__starts_at__date__gt=came.started_on).count() == 3
    sectors = Attendance.objects.filter(registration__event__meeting__in=held)
    assert "voluntary" not in sectors.values_list("registration__sector", flat=True)
    assert "local_authority" in sectors.values_list("registration__sector", flat=True)
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == {"chair", "member", "deputy", "observer"}
    assert DeclaredInterest.objects.count() == 2


def test_meetings_have_all_that_a_meeting_leaves_behind(loaded):
    held = Meeting.objects.filter(event__status="held").order_by("event__starts_at")
    assert [m.minutes for m in held] == ["approved", "approved", "circulated"]
    assert [m.approved_in for m in held] == [held[1], held[2], None]
    assert MinutesNote.objects.get().meeting == held[0]
    for year in Decision.objects.values_list("year", flat=True):
        numbers = Decision.objects.filter(year=year).order_by("recorded_at", "pk")
        expected = list(range(1, numbers.count() + 1))
        assert list(numbers.values_list("number", flat=True)) == expected
    assert {reference.reference[:3] for reference in Decision.objects.all()} == {"SG-"}
    today = timezone.localdate()
    assert Action.objects.overdue(today).count() == 1
    assert set(Action.objects.values_list("state", flat=True)) == {"open", "done"}
    for item in AgendaItem.objects.filter(meeting__in=held):
        assert item.minutes_en, item
        assert item.minutes_cy, item


def test_one_meeting_is_to_come_with_a_late_paper_and_no_mail(loaded):
    coming = Meeting.objects.get(event__starts_at__gt=timezone.now())
    late = coming.papers.filter(uploaded_at__gt=coming.circulated_at)
    assert {paper.language for paper in late} == {"en", "cy"}
    assert all(paper.item for paper in late)
    assert coming.papers.exclude(pk__in=late).count() == 2
    answers = list(coming.event.invitations.values_list("answer", flat=True))
    assert answers.count("yes") == coming.event.registrations.count() == 2
    assert answers.count("") > 3
    assert not Message.objects.exists()


def test_a_review_is_done_and_one_is_due(loaded, manager_client):
    done, due = Review.objects.all()
    assert done.done_at
    assert done.meeting
    assert due.due_on == review_clock.later(done.due_on, 3) > timezone.localdate()
    assert review_clock.announce_due(by=None) == 0
    page = manager_client.get(f"/en/groups/reviews/{due.pk}/").content.decode()
    for said in (
        "Promised and done: Send the summary of the case studies",
        "Nobody was reached: The 22 unitary authorities of Wales",
        "moved to another department",
        "There is no real champion for the study at a senior level.",
        "Empty seat: Voluntary sector",
    ):
        assert said in page, said
    # The index has run since 2000, and its review was not made up.
    assert review_clock.plan_due(by=None) == 1
    assert Study.objects.get(slug="wimd").reviews.count() == 1


def test_what_the_report_says_of_owners_and_risks_names_nobody(loaded):
    assert Target.objects.get(study__slug="lti", bodies=22).sector == "local_authority"
    champion = Ownership.objects.get(role="champion")
    assert champion.ended_on
    assert not Ownership.objects.exclude(person=None).exists()
    for model in (Ownership, Risk, Target):
        assert not model.objects.filter(source="").exists(), model


def test_twice_is_as_once(loaded, settings):
    def state():
        files = sorted(map(str, Path(settings.MEDIA_ROOT).rglob("*.pdf")))
        return [model.objects.count() for model in MODELS], files

    before = state()
    groups.load()
    assert state() == before


def test_what_people_changed_stays(loaded):
    Group.objects.filter(slug="lti-steering").update(remit_en="Ours")
    groups.load()
    assert Group.objects.get(slug="lti-steering").remit_en == "Ours"


def test_loads_without_accounts():
    load_all()
    assert Person.objects.get(email=groups.MEMBER).user is None
