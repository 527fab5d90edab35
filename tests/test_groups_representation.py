"""Whom a group has in it: on a day, over the years, and against whom it should have."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from engagement.events.models import Attendance, Registration
from engagement.groups import representation, turnout
from engagement.groups.models import Membership
from engagement.groups.queries import history
from engagement.people.models import Affiliation
from engagement.studies.models import Target
from tests.factories import (
    make_group,
    make_meeting,
    make_organisation,
    make_person,
    make_registration,
    make_seat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(study):
    return make_group(study=study)


def sat(group, person, started_on, ended_on=None, **fields):
    seat = make_seat(group=group, **fields)
    days = {"started_on": started_on, "ended_on": ended_on}
    Membership.objects.create(seat=seat, person=person, **days)
    return seat


def test_who_sat_on_1_march_2010(manager_client, client, group):
    name = {"name": "Nia Rhys"}
    sat(group, make_person(**name), date(2009, 5, 1), date(2010, 3, 2), label_en="A")
    url = f"/en/groups/{group.slug}/sat/"
    assert client.get(url).status_code == 302
    for day, there in [("2010-03-01", True), ("2010-03-02", False)]:
        page = manager_client.get(url, {"on": day}).content.decode()
        assert ("Nia Rhys" in page) is there
    assert "Nia Rhys" not in manager_client.get(url).content.decode()
    answer = manager_client.get(url, {"on": "soon"})
    assert answer.status_code == 422
    assert "Enter a date like 2026-01-31." in answer.content.decode()


@time_machine.travel("2012-05-01 12:00")
def test_seats_and_people_by_sector_over_the_years(group):
    police = make_person()
    post = {"started_on": date(2009, 1, 1), "stated_sector": "other_public"}
    Affiliation.objects.create(person=police, ended_on=date(2011, 6, 1), **post)
    Affiliation.objects.create(
        person=police, started_on=date(2011, 6, 1), stated_sector="private"
    )
    sat(group, police, date(2010, 2, 1), sector="voluntary", function="policy")
    make_seat(group=group, sector="voluntary", opened_on=date(2011, 1, 1))
    seats, today = history(group), timezone.localdate()
    years = representation.years(seats, today)
    assert [one.label for one in years] == ["2010", "2011", "2012"]
    rows = representation.by_sector(seats, representation.Posts(seats), years)
    found = {row.label: [tuple(cell) for cell in row.cells] for row in rows}
    # Filled, seats, people.
    assert found == {
        "Voluntary sector": [(1, 1, 0), (1, 2, 0), (1, 2, 0)],
        "Other public body": [(0, 0, 1), (0, 0, 0), (0, 0, 0)],
        "Private sector": [(0, 0, 0), (0, 0, 1), (0, 0, 1)],
    }
    quarters = representation.quarters(today)
    assert [one.day for one in quarters[-2:]] == [date(2012, 3, 31), today]
    assert quarters[0].day == date(2010, 9, 30)
    assert quarters[1].day == date(2010, 12, 31)


def test_areas_that_are_represented_and_that_are_not(manager_client, group, study):
    Target.objects.create(
        study=study,
        label_en="Councils",
        label_cy="Cynghorau",
        sector="local_authority",
        bodies=22,
    )
    gwynedd = make_organisation(area="W06000002")
    swansea = make_organisation(area="W06000011")
    sat(group, make_person(organisation=gwynedd), date(2020, 1, 1))
    sat(group, make_person(), date(2020, 1, 1), organisation=gwynedd)
    # A seat that nobody fills reaches nobody.
    make_seat(group=group, organisation=swansea)
    page = manager_client.get(f"/en/groups/{group.slug}/representation/")
    text = page.content.decode()
    assert "In the group: 1 of 22 bodies" in text
    assert "represented: Gwynedd<" in text
    assert "Swansea" in text.split("Areas that are not:")[1].split("</p>")[0]


def test_attendance_of_a_seat_counts_its_deputy(group):
    member = make_person()
    seat = sat(group, member, date(2020, 1, 1))
    late = make_seat(group=group, opened_on=timezone.localdate())
    for number in range(3):
        meeting = make_meeting(group=group, days_ahead=-9 + number, status="held")
        first = make_registration(event=meeting.event, person=member, state="cancelled")
        row = make_registration(event=meeting.event)
        if number == 1:
            row.replaces, row.source = first, Registration.Source.DEPUTY
            row.save()
        Attendance.objects.create(registration=row)
    rows = representation.attendance(history(group), turnout.held(group))
    found = {one.seat: (one.came, one.held) for one in rows}
    assert found == {seat: (1, 3), late: (0, 0)}


def test_is_for_members_and_staff_and_costs_few_queries(
    client, member_client, manager_client, group, django_assert_max_num_queries
):
    url = f"/en/groups/{group.slug}/representation/"
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 403
    for _ in range(6):
        sat(group, make_person(sector="private"), date(2020, 1, 1), sector="private")
    with django_assert_max_num_queries(10):
        page = manager_client.get(url).content.decode()
    assert "6 of 6" in page
    assert "Nobody has said yet whom the study means to reach." in page
    assert "quarter" in manager_client.get(f"{url}?by=quarter").content.decode()
