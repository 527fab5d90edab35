import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from engagement.events.models import AttendanceReport
from tests.factories import make_event, make_registration
from tests.support.reports import FILES, TEN, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day_after():
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def event():
    ends = TEN + timedelta(minutes=90)
    return make_event(
        slug="made-up", published=True, starts_at=TEN, ends_at=ends, capacity=3
    )


@pytest.fixture
def sian(event):
    return make_registration(
        event=event, name="Sian Wyn-Jones", email="Sian@cyngor.example"
    )


class TestCommand:
    def call(self, name, *words, slug="made-up"):
        out = StringIO()
        call_command("import_attendance", slug, str(FILES / name), *words, stdout=out)
        return out.getvalue()

    def test_it_reads_and_says_who_is_not_known(self, event, sian):
        lines = self.call("teams.csv").splitlines()
        assert lines[0].startswith("participants 5, address 1, unmatched 4")
        assert "unmatched\tNia Prys\tnia@prys.example" in lines
        assert minutes() == {"Sian Wyn-Jones": (75, "report")}

    def test_dry_run_as_json_changes_nothing(self, event, sian):
        found = json.loads(self.call("teams.csv", "--dry-run", "--json"))
        assert (found["event"], found["program"]) == ("made-up", "teams")
        assert (found["applied"], found["changed"]) == (False, False)
        assert found["counts"]["address"] == 1
        assert not AttendanceReport.objects.exists()

    def test_twice(self, event, sian):
        assert json.loads(self.call("zoom.csv", "--json"))["changed"]
        assert not json.loads(self.call("zoom.csv", "--json"))["changed"]

    def test_refused_with_row_and_column(self, event):
        with pytest.raises(CommandError, match="row 21, Duration: ") as refused:
            self.call("teams-bad-duration.csv")
        assert refused.value.returncode == 1

    def test_no_such_file_or_event(self, event):
        for words, code in ((["none.csv"], 1), (["zoom.csv"], 2)):
            slug = "made-up" if code == 1 else "no-event"
            with pytest.raises(CommandError) as refused:
                self.call(*words, slug=slug)
            assert refused.value.returncode == code
