"""A month of events, and who is asked twice in a week."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from engagement.events import queries
from engagement.events.models import Event, Invitation, Registration, Series
from tests.factories import make_event, make_person, make_study

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2027, 3, 30, 10, tzinfo=UTC)


def cells(client, path="/en/events/month/2027/3/"):
    """{day: what its cell says}."""
    page = client.get(path).content.decode()
    found = re.findall(r'<td class.*?datetime="([\d-]+)"(.*?)</td>', page, re.DOTALL)
    return dict(found)


def on(found, title):
    return [day for day, cell in found.items() if title in cell]


def invite(event, *people, **fields):
    for person in people:
        Invitation.objects.create(
            event=event,
            person=person,
            name=person.name,
            email=person.email,
            language="en",
            **fields,
        )


def register(event, person, state="place"):
    Registration.objects.create(
        event=event,
        person=person,
        name=person.name,
        email=person.email,
        sector="public",
        language="en",
        state=state,
        reference=f"R{event.pk}-{person.pk}",
    )


def test_weeks_begin_on_monday_and_are_whole(manager_client):
    days = list(cells(manager_client))
    assert days[0] == "2027-03-01"
    assert days[-1] == "2027-04-04"
    assert len(days) == 35
    page = manager_client.get("/cy/events/month/2027/3/").content.decode()
    assert page.index("Dydd Llun") < page.index("Dydd Sul")
    assert "Mawrth 2027" in page
    assert "Chwefror 2027" in page


def test_an_event_is_on_each_of_its_days(manager_client):
    make_event(
        title_en="Course", starts_at=TUESDAY, ends_at=TUESDAY + timedelta(days=3)
    )
    days = ["2027-03-30", "2027-03-31", "2027-04-01", "2027-04-02"]
    assert on(cells(manager_client), "Course") == days
    april = cells(manager_client, "/en/events/month/2027/4/")
    assert on(april, "Course") == days


def test_what_ends_at_midnight_is_not_on_the_next_day(manager_client):
    night = datetime(2027, 3, 30, 20, tzinfo=UTC)
    make_event(title_en="Night", starts_at=night, ends_at=night + timedelta(hours=3))
    assert on(cells(manager_client), "Night") == ["2027-03-30"]


def test_days_are_those_of_the_place(manager_client):
    make_event(
        title_en="Abroad",
        starts_at=datetime(2027, 4, 1, 2, tzinfo=UTC),
        time_zone="America/New_York",
    )
    assert on(cells(manager_client), "Abroad") == ["2027-03-31"]


def test_the_public_sees_no_drafts_and_no_clashes(client):
    make_event(title_en="Secret", starts_at=TUESDAY)
    make_event(title_en="Open", starts_at=TUESDAY, published=True)
    page = client.get("/en/events/calendar/2027/3/").content.decode()
    assert "Secret" not in page
    assert "Open" in page
    assert "same week" not in page
    assert client.get("/en/events/month/2027/3/").status_code == 302


def test_the_month_now_and_the_months_beside_it(client):
    with time_machine.travel(datetime(2027, 12, 31, 12, tzinfo=UTC)):
        page = client.get("/en/events/calendar/").content.decode()
    assert "December 2027" in page
    assert "/en/events/calendar/2027/11/" in page
    assert "/en/events/calendar/2028/1/" in page
    assert "There are no events in this month." in page


@pytest.mark.parametrize("month", ["2027/13", "2027/0", "0/1", "1/1", "9999/12"])
def test_there_is_no_such_month(client, month):
    assert client.get(f"/en/events/calendar/{month}/").status_code == 404


def test_the_same_people_in_one_week_across_studies(manager_client):
    one = make_event(title_en="One", starts_at=TUESDAY, study=make_study())
    two = make_event(
        title_en="Two", starts_at=TUESDAY + timedelta(days=4), study=make_study()
    )
    both, only = make_person(name="Ann Both"), make_person(name="Ben Only")
    invite(one, both, only)
    register(two, both)
    [clash] = queries.clashes(TUESDAY.date(), TUESDAY.date())
    assert (clash.one, clash.other, clash.number) == (one, two, 1)
    assert str(clash.monday) == "2027-03-29"
    page = manager_client.get("/en/events/month/2027/3/").content.decode()
    link = f"/en/events/clash/{one.slug}/{two.slug}/"
    assert link in page
    names = manager_client.get(link).content.decode()
    assert "Ann Both" in names
    assert "Ben Only" not in names
    planning = manager_client.get(two.get_absolute_url()).content.decode()
    assert f"/en/events/clash/{two.slug}/{one.slug}/" in planning


@pytest.mark.parametrize(
    "case", ["no", "keep_informed", "withdrawn", "left", "next week", "off", "series"]
)
def test_what_is_no_clash(case):
    series = Series.objects.create(title_en="S", title_cy="C")
    person = make_person()
    one = make_event(starts_at=TUESDAY, series=series if case == "series" else None)
    two = make_event(
        starts_at=TUESDAY + timedelta(days=6 if case == "next week" else 1),
        status="cancelled" if case == "off" else "draft",
        series=series if case == "series" else None,
    )
    invite(one, person)
    if case in ("no", "keep_informed"):
        invite(two, person, answer=case, answered_at=TUESDAY)
    elif case == "withdrawn":
        invite(two, person, withdrawn_at=TUESDAY)
    elif case == "left":
        register(two, person, "place")
        Registration.objects.update(state="cancelled", cancelled_at=TUESDAY)
    else:
        invite(two, person)
    assert queries.clashes(TUESDAY.date(), TUESDAY.date()) == []
    assert queries.clashes_of(one) == []


def test_who_is_invited_and_registered_counts_once():
    one, two = make_event(starts_at=TUESDAY), make_event(starts_at=TUESDAY)
    person = make_person()
    for event in (one, two):
        invite(event, person)
        register(event, person)
    [clash] = queries.clashes_of(one)
    assert clash.number == 1


def test_a_long_event_clashes_in_each_of_its_weeks():
    long = make_event(starts_at=TUESDAY, ends_at=TUESDAY + timedelta(days=8))
    short = make_event(starts_at=TUESDAY + timedelta(days=7))
    person = make_person()
    invite(long, person)
    invite(short, person)
    assert [str(clash.monday) for clash in queries.clashes_of(long)] == ["2027-04-05"]
    assert [clash.other for clash in queries.clashes_of(short)] == [long]


def test_names_are_for_staff(client, member_client):
    one, two = make_event(starts_at=TUESDAY), make_event(starts_at=TUESDAY)
    url = f"/en/events/clash/{one.slug}/{two.slug}/"
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 403


def test_costs_the_same_for_many(manager_client, django_assert_max_num_queries):
    people = [make_person() for _ in range(4)]
    for number in range(10):
        event = make_event(
            starts_at=TUESDAY + timedelta(days=number % 5), study=make_study()
        )
        invite(event, *people)
    assert Event.objects.count() == 10
    # Who is signed in (two), the month, its weeks, the invited, the registered.
    with django_assert_max_num_queries(6):
        manager_client.get("/en/events/month/2027/3/")
