from io import StringIO

import pytest
from django.core.management import call_command

from engagement.events import demo, metrics
from engagement.events.models import Attendance, Event, Registration
from engagement.studies.models import Study

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def loaded():
    call_command("load_demo", stdout=StringIO())


def rows():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Event, Registration, Attendance)
    }


def test_loading_again_changes_nothing(loaded):
    before = rows()
    demo.load()
    assert rows() == before


def test_what_staff_changed_is_left(loaded):
    Event.objects.filter(slug="wimd-consultation-synthetic").update(capacity=3)
    demo.load()
    assert Event.objects.get(slug="wimd-consultation-synthetic").capacity == 3


def test_the_public_page_takes_registrations_at_once(loaded, client):
    page = client.get("/en/events/wimd-consultation-synthetic/").content.decode()
    assert "40 of 40" in page
    assert "/register/" in page


def test_the_metrics_have_a_sector_too_small_to_show(loaded):
    reading = metrics.attendance(Study.objects.get(slug="wimd").pk)
    assert (reading.value, reading.base) == (24, 30)
    assert min(row.value for row in reading.rows) < 5


def test_what_failed_is_told(loaded, client):
    assert Event.objects.filter(status="not_held").count() >= 3
    for event in Event.objects.listed():
        assert client.get(event.get_absolute_url()).status_code == 200
