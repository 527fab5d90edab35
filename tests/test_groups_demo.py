from pathlib import Path

import pytest

from engagement.accounts import demo as accounts
from engagement.accounts.models import User
from engagement.events import demo as events
from engagement.events.models import Event
from engagement.groups import demo as groups
from engagement.groups.models import Decision, Group, Meeting, Membership, Paper, Seat
from engagement.people import demo as people
from engagement.people.models import Organisation, Person
from engagement.studies import demo as studies
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MODELS = (Group, Seat, Membership, Event, Decision, Paper, Person)


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
    assert "Empty seats: 2 of 10" in page
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
    assert Meeting.objects.filter(event__is_synthetic=True).count() == 2


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
