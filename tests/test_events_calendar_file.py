"""An event's calendar file (RFC 5545), read back by libraries that are not ours."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from dateutil.tz import tzical
from django.urls import reverse
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engagement.events.models import Event
from engagement.events.services import calendars, times, zones
from tests.factories import make_event
from tests.support.calendars import read

pytestmark = pytest.mark.django_db
LONG = "Llŷn, Tŷ'r Cwmwl; â'r ŵyl\\ \"ŷ\" " * 8


def file(client, event, lang="en"):
    answer = client.get(f"/{lang}/events/{event.slug}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar, [entry] = read(answer.content)
    return calendar, entry


def test_says_what_when_and_where(client, study):
    event = make_event(
        published=True,
        starts_at=datetime(2027, 7, 1, 9, tzinfo=UTC),
        ends_at=datetime(2027, 7, 1, 11, tzinfo=UTC),
        title_cy=LONG[:190],
        description_cy="**Ŵyl**, un; dau\n\n" + "gair hir " * 60,
        venue_cy="Tŷ Hywel; Caerdydd, Cymru",
        sequence=3,
    )
    calendar, entry = file(client, event, "cy")
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert entry["uid"] == str(event.uid)
    assert entry["sequence"] == 3
    assert entry["summary"] == event.title_cy
    assert entry["summary"].params["LANGUAGE"] == "cy"
    assert entry["location"] == event.venue_cy
    assert entry["description"].startswith("Ŵyl, un; dau\n\ngair hir gair")
    assert entry["url"] == f"http://127.0.0.1:8000/cy/events/{event.slug}/"
    assert entry["status"] == "CONFIRMED"
    assert entry["organizer"] == "mailto:dolen@example.org"
    assert entry["categories"].cats == ["Digwyddiad ymgynghori"]
    assert entry["dtstart"].params["TZID"] == "Europe/London"
    assert entry.decoded("dtstart").hour == 10
    assert "attendee" not in entry


def test_the_same_event_gives_the_same_bytes(client):
    event = make_event(published=True)
    first = client.get(f"/en/events/{event.slug}.ics").content
    with time_machine.travel(event.starts_at + timedelta(days=99)):
        assert client.get(f"/en/events/{event.slug}.ics").content == first


def test_the_link_to_join_is_for_those_with_a_place_only(client):
    event = make_event(
        published=True,
        mode="online",
        join_url="https://meet.example.org/secret",
        join_note_en="Passcode secret",
    )
    raw = client.get(f"/en/events/{event.slug}.ics").content
    assert b"secret" not in raw
    assert read(raw)[1][0]["location"] == "Online"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("held", "CONFIRMED"),
        ("planned", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        ("not_held", "CANCELLED"),
    ],
)
def test_says_whether_it_takes_place(client, status, said):
    _, entry = file(client, make_event(status=status))
    assert entry["status"] == said


def test_why_it_is_cancelled_stands_first(client):
    event = make_event(status="cancelled", status_note_en="Snow.", description_en="Hm")
    assert file(client, event)[1]["description"].startswith("Snow.\n\nHm")


def test_a_day_without_an_hour_is_a_whole_day(client):
    event = make_event(status="held", starts_at=None, starts_on=date(2028, 2, 29))
    _, entry = file(client, event)
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert entry.decoded("dtstart") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "held", "starts_at": None},
        # The first of a month stands for "some day of it".
        {
            "status": "held",
            "starts_at": None,
            "starts_on": date(2011, 3, 1),
            "date_note_en": "March 2011",
        },
    ],
)
def test_what_is_a_draft_or_has_no_day_has_no_file(client, manager_client, fields):
    event = make_event(**fields)
    for each in (client, manager_client):
        assert each.get(f"/en/events/{event.slug}.ics").status_code == 404
        assert str(event.uid) not in each.get("/en/events.ics").content.decode()


def moments(year, month, day):
    """Around midnight to noon of one day, by the quarter of an hour."""
    start = datetime(year, month, day, tzinfo=UTC) - timedelta(hours=2)
    return st.integers(0, 56).map(lambda n: start + n * timedelta(minutes=15))


# Both clock changes in London, that of New York, a leap day, a new year.
WHEN = st.one_of(
    moments(2027, 3, 28),
    moments(2027, 10, 31),
    moments(2027, 11, 7),
    moments(2028, 2, 29),
    # One of the readers knows no summer time after 2037.
    moments(2036, 1, 1),
)
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
)
LASTS = st.sampled_from([15, 60, 600, 1440, 4320]).map(
    lambda minutes: timedelta(minutes=minutes)
)


@pytest.mark.slow
@settings(max_examples=40)
@given(WHEN, ZONES, LASTS)
# The hour that is there twice; the one that is not there.
@example(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "Europe/London", timedelta(hours=1))
@example(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "Europe/London", timedelta(hours=1))
@example(datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "Europe/London", timedelta(hours=1))
@example(datetime(2027, 3, 28, 1, 15, tzinfo=UTC), "Europe/London", timedelta(hours=1))
def test_the_file_is_about_the_same_moments(starts, zone, lasts):
    event = make_event(
        published=True, starts_at=starts, ends_at=starts + lasts, time_zone=zone
    )
    event.refresh_from_db()
    _, [entry] = read(calendars.of_event(event, "en"))
    assert entry.decoded("dtstart").astimezone(UTC) == starts
    assert entry.decoded("dtend").astimezone(UTC) == starts + lasts
    local = starts.astimezone(ZoneInfo(zone))
    assert f"{local.day} {local:%B %Y, %H:%M}" in times.in_words(event)
    assert len(times.days(event)) >= lasts.days
    Event.objects.all().delete()


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_the_clock_of_the_file_is_that_of_the_place(tmp_path, name):
    """Read by a third program's own rules, each hour of the days when clocks change."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "test")
    calendar.add("version", "2.0")
    calendar.add_component(zones.component(name, 2026, 2029))
    path = tmp_path / "zone.ics"
    path.write_bytes(calendar.to_ical())
    clock, true = tzical(str(path)).get(name), ZoneInfo(name)
    days = [(3, 14), (3, 28), (7, 1), (10, 31), (11, 7), (12, 31)]
    for (month, day), hour in product(days, range(24)):
        at = datetime(2027, month, day, hour)  # noqa: DTZ001
        gap_or_twice = (
            at.replace(tzinfo=true, fold=0).utcoffset()
            != at.replace(tzinfo=true, fold=1).utcoffset()
        )
        if not gap_or_twice:
            expected = at.replace(tzinfo=true).utcoffset()
            assert at.replace(tzinfo=clock).utcoffset() == expected, at


def test_summer_time_begins_by_the_clock_before_it():
    lines = zones.component("Europe/London", 2027, 2028).to_ical().decode()
    assert "DTSTART:20270328T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines


def test_a_zone_without_a_rule_lists_its_days():
    lines = zones.component("Africa/Casablanca", 2026, 2028).to_ical().decode()
    assert "RDATE:" in lines
    assert "RRULE" not in lines


def test_the_page_says_which_of_two_hours_and_whose_clock(client):
    twice = make_event(
        published=True, starts_at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    )
    page = client.get(reverse("events:detail", args=[twice.slug])).content.decode()
    assert "Sunday 31 October 2027, 01:30 GMT" in page
    abroad = make_event(
        published=True,
        starts_at=datetime(2027, 7, 1, 14, tzinfo=UTC),
        time_zone="America/New_York",
    )
    page = client.get(reverse("events:detail", args=[abroad.slug])).content.decode()
    assert "Thursday 1 July 2027, 10:00 (New York time)" in page
    assert 'datetime="2027-07-01T10:00:00-04:00"' in page
    with translation.override("cy"):
        assert "10:00 (amser New York)" in times.in_words(abroad)


def test_a_zone_that_nobody_knows_is_that_of_wales():
    event = make_event(time_zone="Mars/Olympus")
    assert event.zone.key == "Europe/London"
