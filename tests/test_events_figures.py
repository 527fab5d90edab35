import pytest
from django.utils import timezone

from engagement.events import figures, metrics, turnout
from engagement.events.models import Attendance
from tests.factories import (
    make_event,
    make_invitation,
    make_person,
    make_registration,
    make_study,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(study):
    return make_event(slug="made-up", study=study, status="held", days_ahead=-1)


def invite(event, number, sector="academic", **fields):
    return [
        make_invitation(event=event, sector=sector, **fields) for _ in range(number)
    ]


def come(event, number=1, minutes=None, **fields):
    rows = [make_registration(event=event, **fields) for _ in range(number)]
    for row in rows:
        Attendance.objects.create(registration=row, minutes=minutes)
    return rows


def shown(event):
    return {one.key: (one.value, one.base) for one in figures.of(event).figures}


def test_each_count_with_its_base(event):
    invite(event, 6, answer="yes")
    invite(event, 6)
    make_invitation(event=event, withdrawn_at=timezone.now())
    come(event, 8, minutes=30)
    come(event, 5, minutes=60, source="deputy")
    come(event, 7, source="walk_in", email="")
    for _ in range(5):
        make_registration(event=event)
        make_registration(event=event, state="waiting")
        make_registration(event=event, state="cancelled")
    found = shown(event)
    assert found["invited"][0] == "12"
    assert found["said-yes"][0] == "6"
    assert found["said-yes"][1].startswith("50.0% of a base of 12.")
    assert found["registered"][0] == "25"
    assert found["registered"][1].startswith("71.4% of a base of 35.")
    assert found["waiting"][0] == "5"
    assert found["attended"][0] == "20"
    assert found["attended"][1].startswith("80.0% of a base of 25.")
    assert found["deputies"][0] == "5"
    assert found["walk-ins"][0] == "7"
    assert found["no-shows"][0] == "5"
    assert found["minutes"] == ("30", "Measured for 13 of 20 people who came.")


def test_small_counts_are_hidden(event):
    come(event, 4, minutes=30)
    found = shown(event)
    assert found["attended"][0] == "hidden"
    assert found["minutes"] == ("hidden", "")


def test_nobody_is_a_no_show_before_it_is_held(study):
    event = make_event(published=True)
    make_registration(event=event)
    assert "no-shows" not in shown(event)


def test_a_replaced_place_is_a_deputys(event):
    [first] = come(event)
    [second] = come(event, replaces=first)
    assert list(turnout.deputies(turnout.attended(event))) == [second]


def test_who_came_of_the_invited(event):
    """By the invitation, by the person, by the address; a deputy stands for the invited."""
    person = make_person()
    by_person = make_invitation(event=event, person=person)
    by_address, by_link, absent, by_deputy = invite(event, 4)
    come(event, person=person)
    come(event, email=by_address.email)
    come(event, invitation=by_link)
    make_registration(event=event, invitation=absent)
    come(event, invitation=by_deputy, source="deputy")
    come(event)
    # At another event, which says nothing of this one.
    come(make_event(status="held"), email=absent.email)
    came = set(turnout.invited(event=event).filter(came=True))
    assert came == {by_person, by_address, by_link, by_deputy}


def test_somebody_erased_came_to_nothing_by_having_no_person(event):
    invitation = make_invitation(event=event)
    type(invitation).objects.update(person=None, email="erased-1@erased.invalid")
    come(event, person=None, email="")
    assert not turnout.invited(event=event).filter(came=True).exists()


def test_by_sector_and_function(event):
    for invitation in invite(event, 12, "academic", function="research")[:6]:
        come(event, invitation=invitation, sector="academic", function="research")
    for invitation in invite(event, 10, "voluntary", function="policy")[:5]:
        come(event, invitation=invitation, sector="voluntary", function="policy")
    come(event, 7, sector="public")
    sectors, functions = figures.of(event).tables
    assert [line[:] for line in sectors.lines] == [
        ("Voluntary sector", "10", "5", "50%", "5"),
        ("Academic", "12", "6", "50%", "6"),
        ("Member of the public", "0", "0", "", "7"),
    ]
    assert [line.label for line in functions.lines] == [
        "Research",
        "Policy",
        "Not known",
    ]
    assert not sectors.hides


def test_who_stayed_away_is_not_given_away_either(event):
    """9 of 10 would tell of the one who did not come."""
    for invitation in invite(event, 10, "academic")[:9]:
        come(event, invitation=invitation, sector="academic")
    invite(event, 20, "voluntary")
    sectors, _functions = figures.of(event).tables
    shown_ = {line.label: (line.invited, line.answered) for line in sectors.lines}
    assert shown_["Academic"] == ("10", "hidden")
    assert sectors.hides


def test_of_a_study(study, event):
    invite(event, 5, answer="deputy")
    invite(event, 5, answer="no")
    invite(make_event(study=study, status="cancelled"), 3)
    invite(make_event(study=make_study(), status="held"), 3)
    come(event, 6, function="policy")
    come(event, 2, source="deputy")
    come(make_event(study=study, published=True), 3)
    asked = metrics.taken_up(study.pk)
    assert (asked.value, asked.base) == (5, 10)
    known = metrics.functions(study.pk)
    assert (known.value, known.base) == (6, 8)
    assert [(str(row.label), row.value) for row in known.rows] == [("Policy", 6)]
    sent = metrics.deputies(study.pk)
    assert (sent.value, sent.base) == (2, 8)


def test_the_page(manager_client, event):
    come(event, 6, minutes=42)
    page = manager_client.get("/en/events/made-up/figures/").content.decode()
    assert "Measured for 6 of 6 people who came." in page
    assert "<caption>By sector</caption>" in page


def test_the_page_of_an_event_to_which_nobody_came(manager_client, event):
    page = manager_client.get("/cy/events/made-up/figures/").content.decode()
    assert "Ni wahoddwyd neb" in page


def test_the_questions_do_not_grow(
    manager_client, event, django_assert_max_num_queries
):
    invite(event, 12)
    come(event, 12, sector="academic")
    with django_assert_max_num_queries(24):
        manager_client.get("/en/events/made-up/figures/")


def test_members_may_not(member_client, event):
    assert member_client.get("/en/events/made-up/figures/").status_code == 403
