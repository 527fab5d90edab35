"""Every number leads to its definition, and for staff to the rows that were counted."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone

from engagement.metrics import registry
from engagement.metrics.models import DayCount
from engagement.reports import gathering, periods
from engagement.reports.models import Report
from engagement.reports.services import reports
from tests.support import counted_world, leads
from tests.support.reported import sit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DASHBOARD = "/en/reports/wimd/?period=year"
METRICS = "/en/studies/wimd/metrics/"


@pytest.fixture
def world(study):
    counted_world.make(study)
    return study


@pytest.fixture
def report(world):
    """Frozen now; its files are of no matter here."""
    today = timezone.localdate()
    days = {"since": today - timedelta(days=30), "until": today}
    made = reports.ask(by=None, study=world, **days)
    data = gathering.documents(world, periods.days(**days_of(made)))
    moments = {"cut_off": timezone.now(), "made_at": timezone.now()}
    files = {"file_en": "a.pdf", "file_cy": "b.pdf"}
    Report.objects.filter(pk=made.pk).update(
        data=data, state="done", digest=gathering.digest(data), **moments, **files
    )
    return made


def days_of(report):
    return {"first": report.since, "last": report.until}


def html(client, page):
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


def anchors(client):
    return set(re.findall(r'id="([^"]+)"', html(client, "/en/methods/")))


def metric(address):
    """Of a page of rows; None where it is another."""
    found = resolve(urlsplit(address).path)
    return registry.get(found.kwargs["key"]) if found.url_name == "rows" else None


def problems(client, figures, known):
    """What does not lead where it must."""
    for one in figures:
        if urlsplit(one.definition).fragment not in known:
            yield f"No definition: {one.html}"
        declared = registry.get(urlsplit(one.definition).fragment)
        if declared and declared.rows and not one.rows:
            yield f"No rows: {one.html}"
        for address in one.rows:
            if client.get(address).status_code != 200:
                yield f"{address} is not there"


def numbers(client, figures):
    """(address, number told, number of rows) of those that count rows."""
    for one in figures:
        found = metric(one.rows[0]) if one.rows else None
        if found and found.rows.counted and one.number is not None:
            page = client.get(one.rows[0]).context["page"]
            yield one.rows[0], one.number, page.paginator.count


@pytest.mark.parametrize("page", [METRICS, DASHBOARD])
def test_of_a_study(manager_client, world, page):
    text = html(manager_client, page)
    found = leads.stats(text) or leads.rows(text)
    assert len(found) > 20
    assert list(problems(manager_client, found, anchors(manager_client))) == []
    names = [name for one in found for name in one.names]
    assert "How it is counted" not in names
    assert "the rows behind it" not in names


def test_a_dashboard_tells_as_many_as_there_are_rows(manager_client, world):
    found = leads.rows(html(manager_client, DASHBOARD))
    told = list(numbers(manager_client, found))
    assert len(told) > 15
    assert [one for one in told if one[1] != one[2]] == []
    assert {number for _address, number, _rows in told} >= {5, 6, 9, 12, 14}


def test_a_report_leads_to_the_rows_of_its_days(manager_client, report):
    page = report.get_absolute_url()
    found = leads.rows(html(manager_client, page))
    assert list(problems(manager_client, found, anchors(manager_client))) == []
    told = list(numbers(manager_client, found))
    assert [one for one in told if one[1] != one[2]] == []
    assert any("from=" in address for address, _number, _rows in told)


def test_each_metric_has_as_many_rows_as_it_says(world):
    for one in registry.defined():
        if one.rows and one.measure and one.rows.counted:
            count = one.found(world.pk).count()
            assert one.read(world.pk).value == count > 0, one.key


def test_days_of_reading_sum_to_the_figure(world):
    keys = [
        *("article_readers", "followed", "welsh_readers", "downloads", "feed_readers")
    ]
    for key in keys:
        one = registry.get(key)
        days, read = one.found(world.pk), one.read(world.pk)
        assert sum(day.at_least for day in days) == read.value > 0, key
        assert len(days) == 2
    assert DayCount.objects.filter(study_id=world.pk).exists()


def test_on_the_pages_of_readership(manager_client, member_client, world):
    pk = world.outputs.get().pk
    page = f"/en/readership/output/{pk}/"
    found = leads.stats(html(manager_client, page))
    assert len(found) == 4
    assert list(problems(manager_client, found, anchors(manager_client))) == []
    assert all(one.rows for one in found)
    assert not any(one.rows for one in leads.stats(html(member_client, page)))
    for key in ("thing-requests", "thing-investigations"):
        assert f"/methods/#{key}" in html(manager_client, "/en/readership/")


def test_a_member_is_led_to_definitions_and_no_rows(
    client, manager_client, member_client, steering_member, world
):
    sit(steering_member, world)
    known = anchors(client)
    for page in (METRICS, DASHBOARD):
        text = html(member_client, page)
        found = leads.stats(text) or leads.rows(text)
        assert {urlsplit(one.definition).fragment for one in found} <= known
        assert not any(one.rows for one in found)
    text = html(manager_client, METRICS)
    for address in {a for one in leads.stats(text) for a in one.rows}:
        assert member_client.get(address).status_code == 403
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("kind", ["sector", "function", "language"])
def test_steps_broken_down_lead_to_the_rows_of_the_whole(manager_client, world, kind):
    page = f"/en/reports/wimd/funnel/?by={kind}&period=year"
    found = leads.rows(html(manager_client, page))
    assert len(found) > 10
    assert list(problems(manager_client, found, anchors(manager_client))) == []
    came = next(one for one in found if one.definition.endswith("#attendance"))
    told = re.search(r'<td class="number[^"]*">([^<]*)</td>', came.html)[1]
    rows = manager_client.get(came.rows[0]).context["page"].paginator.count
    assert told == str(rows)
