"""Times hold on every clock: storage, the form, and the page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.core import clocks
from engagement.events.forms.editing import EventForm
from engagement.events.models import Event
from tests.test_events_manage import WHOLE

# Two that change by an hour, one by half an hour, and one that never does.
ZONES = st.sampled_from(
    ["Europe/London", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
clock = datetime.fromisoformat
FACES = st.datetimes(clock("2024-01-01 00:00"), clock("2035-12-31 00:00")).map(
    lambda face: face.replace(second=0, microsecond=0)
)
CALM = settings(max_examples=40, suppress_health_check=list(HealthCheck))


@given(FACES, ZONES)
@example(clock("2026-03-29 01:30"), "Europe/London")
@example(clock("2026-10-25 01:30"), "Europe/London")
@example(clock("2026-04-05 01:45"), "Australia/Lord_Howe")
@example(clock("2028-02-29 00:00"), "Europe/London")
@CALM
def test_a_clock_is_read_back_or_refused(face, name):
    """A time is refused exactly where counting the moments by hand finds none, or two."""
    zone = ZoneInfo(name)
    about = face.replace(tzinfo=ZoneInfo("UTC"))
    quarters = (about + timedelta(minutes=15 * n) for n in range(-64, 65))
    shows = [at for at in quarters if clocks.face(at, zone) == face]
    try:
        found = clocks.moment(face, zone)
    except clocks.NoSuchTime:
        assert shows == []
    except clocks.TwoSuchTimes:
        assert len(shows) == 2
    else:
        assert shows == [found]


@given(FACES, ZONES, st.integers(-40, 40))
@CALM
def test_days_later_the_clock_shows_the_same(face, name, days):
    zone = ZoneInfo(name)
    try:
        at = clocks.moment(face, zone)
        later = clocks.shift(at, timedelta(days=days), zone)
    except (clocks.NoSuchTime, clocks.TwoSuchTimes):
        return
    assert clocks.face(later, zone) == face + timedelta(days=days)


class OnThePage(TestCase):
    """What was typed is what is stored, shown in the form again and on the page."""

    @given(FACES, ZONES, st.integers(1, 5000))
    @example(clock("2026-03-29 00:00"), "Europe/London", 24 * 60)
    @example(clock("2026-10-25 00:00"), "Europe/London", 24 * 60)
    @example(clock("2028-02-29 23:59"), "Asia/Kathmandu", 1)
    @settings(max_examples=12, deadline=None)
    @pytest.mark.slow
    def test_typed_stored_shown(self, start, name, minutes):
        end = start + timedelta(minutes=minutes)
        typed = {
            "starts_at": f"{start:%Y-%m-%dT%H:%M}",
            "ends_at": f"{end:%Y-%m-%dT%H:%M}",
        }
        form = EventForm(WHOLE | typed | {"time_zone": name})
        if not form.is_valid():
            assert set(form.errors) <= {"starts_at", "ends_at"}
            return
        event = Event.objects.create(
            **form.cleaned_data, slug="an-event", status="published"
        )
        event.refresh_from_db()
        again = EventForm(instance=event)
        assert again.initial["starts_at"] == start
        assert again.initial["ends_at"] == end
        page = self.client.get("/en/events/an-event/").content.decode()
        assert f"{start:%A} {start.day} {start:%B %Y, %H:%M} to " in page
        until = f"{end:%H:%M}"
        if end.date() != start.date():
            until = f"{end:%A} {end.day} {end:%B %Y, %H:%M}"
        assert f" to {until}" in page
        place = name.rpartition("/")[2].replace("_", " ")
        assert (f"({place} time)" in page) == (name != "Europe/London")
        assert (
            f'datetime="{event.starts_at.astimezone(event.zone).isoformat()}"' in page
        )
