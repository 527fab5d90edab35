"""Attendance reports for tests, and what comes of them."""

from datetime import UTC, datetime
from pathlib import Path

from engagement.events.models import Attendance
from engagement.events.services import reports

FILES = Path(__file__).parent.parent / "attendance_reports"
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes)\n"


def read(event, name="teams.csv", content=None):
    content = content or (FILES / name).read_bytes()
    report, _fresh = reports.read_now(by=None, event=event, name=name, content=content)
    return report


def zoom(*rows):
    at = "11/23/2026 10:00:00,11/23/2026 10:30:00,30"
    return (HEAD + "".join(f"{row},{at}\n" for row in rows)).encode()


def minutes():
    rows = Attendance.objects.values_list("registration__name", "minutes", "method")
    return {name: (number, method) for name, number, method in rows}


def somebody(report, name):
    return report.participants.get(name=name)
