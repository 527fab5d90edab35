"""Attendance reports as Teams and Zoom really write them; the names are made up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.events.models import Event
from engagement.events.services import report_cells, report_reading, stays
from engagement.people.services.reading import Unreadable
from tests.factories import PNG

FILES = Path(__file__).parent / "attendance_reports"
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
EVENT = Event(starts_at=TEN, ends_at=TEN + timedelta(minutes=90))


def read(content, event=EVENT):
    if isinstance(content, str):
        content = (FILES / content).read_bytes()
    program, found = report_reading.read(content, event)
    return program, {one.name: one for one in found}


def minutes(found):
    return {name: stays.minutes(one.stays) for name, one in found.items()}


def test_teams_with_its_sections():
    program, found = read("teams.csv")
    assert program == "teams"
    # Within the event from 10:00 to 11:30: away from 10:40 to 10:55; two devices at once.
    assert minutes(found) == {
        "Siân Wyn-Jones": 40 + 35,
        "Llŷr ap Gwilym (Guest)": 50,
        "Owen Ŵyn": 45,
        "Nia Prys": 10,
        "Recorder Bot": 90,
    }
    assert found["Siân Wyn-Jones"].email == "sian@cyngor.example"
    assert found["Nia Prys"].email == "nia@prys.example"
    assert found["Llŷr ap Gwilym (Guest)"].addresses == set()


def test_teams_of_2021_with_days_before_months():
    program, found = read("teams-2021.csv")
    assert (program, minutes(found)) == (
        "teams",
        {"Siân Wyn-Jones": 60, "Owen Ŵyn": 45},
    )


def test_teams_of_2020_with_who_joined_and_left():
    _program, found = read("teams-2020.csv")
    assert minutes(found) == {"Siân Wyn-Jones": 90, "Owen Ŵyn": 10 + 25}


@pytest.mark.parametrize("name", ["zoom.csv", "zoom-with-meeting.csv"])
def test_zoom(name):
    program, found = read(name)
    assert program == "zoom"
    # The waiting room does not count.
    assert minutes(found) == {
        "Siân Wyn-Jones": 60,
        "Owen (Owen Ŵyn)": 45,
        "Prys, Nia": 10,
    }


def test_zoom_with_totals_only():
    _program, found = read("zoom-total.csv")
    assert minutes(found) == {"Siân Wyn-Jones": 64, "Owen (Owen Ŵyn)": 45}


def test_zoom_webinar_leaves_out_who_stayed_away():
    program, found = read("zoom-webinar.csv")
    assert program == "zoom"
    assert minutes(found) == {"Siân Wyn-Jones": 60, "Owen Ŵyn": 45}


def test_as_excel_saves_it_again():
    text = (FILES / "teams.csv").read_bytes().decode("utf-16")
    lines = [line.replace("\t", ";").ljust(7, ";") for line in text.splitlines()]
    _program, found = read("\r\n".join(lines).encode("utf-8-sig"))
    assert minutes(found) == minutes(read("teams.csv")[1])


def test_a_participants_line_alone_tells_how_long_not_when():
    """Without the list of stays: away in between, by the duration."""
    text = (FILES / "teams.csv").read_bytes().decode("utf-16")
    _program, found = read(text.partition("3. In-Meeting")[0].encode("utf-16"))
    # 9:56 and 1 h 20 min: until 11:16.
    assert minutes(found)["Siân Wyn-Jones"] == 76


def test_a_bad_duration_is_named_with_its_row_and_column():
    with pytest.raises(report_reading.BadReport) as refused:
        read("teams-bad-duration.csv")
    assert refused.value.bad == [
        report_reading.Bad(21, "Duration", "“fifty minutes” is no duration.")
    ]
    assert "Row 21, column “Duration”" in str(refused.value)


HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes)\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Ann,,11/23/2026 25:00:00,11/23/2026 10:30:00,9", "Join time"),
        ("Ann,,31/31/2026 10:00:00,11/23/2026 10:30:00,9", "Join time"),
        ("Ann,,11/23/2026 10:30:00,11/23/2026 10:00:00,9", "Leave time"),
        ("Ann,,11/23/2026 10:30:00,,", "Leave time"),
        ("Ann,,,11/23/2026 10:30:00,9", "Join time"),
        (",ann@a.example,11/23/2026 10:00:00,,9", "Name (original name)"),
        ("Ann,at home,11/23/2026 10:00:00,,9", "Email"),
        ("Ann,,11/23/2026 10:00:00,,-9", "Duration (minutes)"),
        ("Ann,,11/23/2026 10:00:00,,99999", "Duration (minutes)"),
        ("Ann", "Join time"),
        (f"{'A' * 201},,11/23/2026 10:00:00,,9", "Name (original name)"),
    ],
)
def test_each_wrong_cell_is_named(row, column):
    good = "Bob,,11/23/2026 10:00:00,11/23/2026 10:30:00,30\n"
    with pytest.raises(report_reading.BadReport) as refused:
        read((HEAD + good + row + "\n").encode())
    assert [(bad.row, bad.column) for bad in refused.value.bad] == [(3, column)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n",
        PNG,
        b"Name,Email\nAnn,a@b.org\n",
        HEAD.encode(),
        b"\xff\xfe\x00",
        b'Name (original name)"',
        HEAD.encode() + b'"' + b"a" * 200_000,
    ],
)
def test_what_is_no_report_is_refused(content):
    with pytest.raises(Unreadable):
        read(content)


def test_a_report_of_another_day_is_refused():
    later = Event(starts_at=TEN + timedelta(days=7), ends_at=TEN + timedelta(days=8))
    with pytest.raises(report_reading.AnotherTime):
        read("teams.csv", later)


def test_the_order_of_day_and_month_is_that_of_the_event():
    """3/4 may be both; the event says which."""
    row = "Ann,,03/04/2026 10:00:00,03/04/2026 10:30:00,30\n"
    for month, day in ((3, 4), (4, 3)):
        at = datetime(2026, month, day, 9, tzinfo=UTC)
        event = Event(starts_at=at, ends_at=at + timedelta(hours=3))
        _program, found = read((HEAD + row).encode(), event)
        assert minutes(found) == {"Ann": 30}


def test_times_are_by_the_clock_of_the_event():
    """Ten in the morning in Cardiff in summer is nine by UTC."""
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    event = Event(starts_at=at, ends_at=at + timedelta(hours=1))
    row = "Ann,,06/01/2026 10:00:00,06/01/2026 10:30:00,30\n"
    _program, found = read((HEAD + row).encode(), event)
    assert found["Ann"].stays == [(at, at + timedelta(minutes=30))]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("11/23/2026, 10:01:22 AM", (11, 10, 1, 22)),
        ("11/23/26, 12:01:22\u202fPM", (11, 12, 1, 22)),
        ("11/23/26, 12:01:22 a.m.", (11, 0, 1, 22)),
        ("2026-11-23 22:01", (11, 22, 1, 0)),
        ("Nov 23, 2026 22:01:05", (11, 22, 1, 5)),
        ("Nov 23, 2026 10:01:05 PM", (11, 22, 1, 5)),
        ("11/23/2026 10:01:22 yh", (11, 22, 1, 22)),
    ],
)
def test_times(cell, told):
    at = report_cells.time(report_cells.clean(cell), day_first=False)
    assert (at.year, at.day) == (2026, 23)
    assert (at.month, at.hour, at.minute, at.second) == told


@pytest.mark.parametrize("cell", ["13:00 PM", "11/23/2026 13:00:00 PM", "noon", ""])
def test_no_times(cell):
    assert report_cells.time(cell, day_first=False) is None


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1h 2m 3s", 3723),
        ("55m", 3300),
        ("9s", 9),
        ("62", 3720),
        ("PT1H2M3S", 3723),
        ("0", 0),
        ("", None),
        ("1h 2x", None),
        ("-5", None),
        ("999999999999h", None),
    ],
)
def test_durations(cell, seconds):
    found = report_cells.duration(cell)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


@given(st.lists(st.tuples(st.integers(-30, 120), st.integers(0, 60)), max_size=8))
@settings(max_examples=60)
def test_minutes_are_those_of_the_clock_not_of_the_devices(found):
    """Counted one by one, whatever overlaps."""
    told = [
        (TEN + timedelta(minutes=a), TEN + timedelta(minutes=a + long))
        for a, long in found
    ]
    cut = [kept for stay in told if (kept := stays.within(EVENT, stay))]
    clock = {m for a, long in found for m in range(a, a + long) if 0 <= m < 90}
    assert stays.minutes(cut) == len(clock)
    assert stays.from_json(stays.as_json(cut)) == cut


@pytest.mark.slow
def test_ten_thousand_rows_are_read_in_seconds():
    row = "Person {0},p{0}@a.example,11/23/2026 10:00:00,11/23/2026 10:30:00,30\n"
    content = HEAD + "".join(row.format(number) for number in range(10_000))
    began = process_time()
    _program, found = read(content.encode())
    assert len(found) == 10_000
    assert process_time() - began < 10
