"""Reports on their way: the rows, the page, the quarter's own, the papers of a meeting."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.groups.models import Paper
from engagement.reports import gathering, tasks
from engagement.reports.models import Report
from engagement.reports.services import papers, reports
from tests import factories
from tests.support.reported import come, sit

pytestmark = pytest.mark.django_db
DAYS = {"since": date(2026, 1, 1), "until": date(2026, 3, 31)}
LIMIT = 14


def ask(study, **fields):
    return reports.ask(by=None, study=study, **DAYS | fields)


def made(study, **fields):
    """As a worker leaves it, but for what is in its files."""
    fields = {"quarter": "2026-Q1", "data": {"en": {}, "cy": {}}} | DAYS | fields
    report = Report.objects.create(
        study=study,
        state="done",
        asked_at=timezone.now(),
        made_at=timezone.now(),
        cut_off=timezone.now(),
        digest="0" * 64,
        **fields,
    )
    for file in (report.file_en, report.file_cy):
        file.save("a.pdf", ContentFile(factories.PDF), save=False)
    report.save()
    return report


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


# Asking


def test_a_manager_asks_for_it(manager_client, manager, study):
    days = {"since": "2026-01-01", "until": "2026-03-31"}
    answer = manager_client.post("/en/reports/wimd/reports/ask/", days)
    report = Report.objects.get()
    assert answer.url == report.get_absolute_url()
    assert (report.state, report.asked_by) == ("queued", manager)
    assert actions() == ["report.asked"]
    page = manager_client.get(answer.url).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh"' in page


def test_wrong_days_come_back_to_the_form(manager_client, study):
    days = {"since": "2026-03-31", "until": "2026-01-01"}
    answer = manager_client.post("/en/reports/wimd/reports/ask/", days)
    assert answer.status_code == 422
    assert "The last day comes before the first." in answer.content.decode()
    assert not Report.objects.exists()


def test_looking_asks_for_nothing(manager_client, study):
    assert manager_client.get("/en/reports/wimd/reports/ask/").status_code == 405
    page = manager_client.get("/en/reports/wimd/reports/").content.decode()
    assert "No report has been made yet." in page
    assert not Report.objects.exists()


def test_one_that_failed_is_asked_for_again(manager_client, study):
    report = ask(study)
    url = f"/en/reports/made/{report.pk}/again/"
    manager_client.post(url)
    assert actions() == ["report.asked"], "It waits already."
    Report.objects.update(state="failed", reason="disk", attempts=3)
    page = manager_client.get(report.get_absolute_url()).content.decode()
    assert "The disk may be full." in page
    manager_client.post(url)
    report.refresh_from_db()
    assert (report.state, report.reason, report.attempts) == ("queued", "", 0)


# What a crash leaves


def test_the_sweep_takes_back_what_is_silent_and_gives_up_the_third_time(study):
    silent = timezone.now() - timedelta(minutes=6)
    first, third, alive = ask(study), ask(study), ask(study)
    rows = Report.objects.filter(pk__in=[first.pk, third.pk])
    rows.update(state="making", claimed_at=silent, attempts=1)
    Report.objects.filter(pk=third.pk).update(attempts=3)
    Report.objects.filter(pk=alive.pk).update(
        state="making", claimed_at=timezone.now(), attempts=1
    )
    reports.sweep()
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {first.pk: "queued", third.pk: "failed", alive.pk: "making"}


def test_what_another_worker_took_is_not_overwritten(study):
    report = ask(study)
    mine = reports._claim(report.pk)
    assert reports._claim(report.pk) is None
    Report.objects.update(claimed_at=timezone.now() + timedelta(minutes=1))
    with pytest.raises(reports.Lost):
        reports._heard(mine, 1)


# By itself


def test_each_quarter_once_for_each_study_that_ran(study):
    factories.make_study(ends_on=date(2026, 1, 1))
    factories.make_study(starts_on=date(2026, 4, 1))
    assert reports.ask_for_quarters(date(2026, 4, 2)) == 1
    assert reports.ask_for_quarters(date(2026, 5, 9)) == 0
    report = Report.objects.get()
    assert (report.study, report.quarter) == (study, "2026-Q1")
    assert (report.since, report.until) == (DAYS["since"], DAYS["until"])
    assert report.asked_by is None
    assert reports.ask_for_quarters(date(2026, 7, 1)) == 2


def test_goes_with_the_papers_of_the_next_meeting(study):
    group = factories.make_group(study=study)
    sent = factories.make_meeting(group=group, days_ahead=3, status="published")
    sent.circulated_at = timezone.now()
    sent.save()
    meeting = factories.make_meeting(group=group, days_ahead=30, status="planned")
    old, report = made(study, quarter="2025-Q4", until=date(2026, 2, 1)), made(study)
    tasks.sweep()
    tasks.sweep()
    found = Paper.objects.order_by("language")
    assert [(p.meeting_id, p.language, p.purpose) for p in found] == [
        (meeting.pk, "cy", "information"),
        (meeting.pk, "en", "information"),
    ]
    assert found[0].title_cy == "Adroddiad effaith, 1 Ionawr 2026 i 31 Mawrth 2026"
    assert found[1].title_en == "Impact report, 1 January 2026 to 31 March 2026"
    assert found[1].file.read() == factories.PDF
    report.refresh_from_db()
    assert report.meeting == meeting
    old.refresh_from_db()
    assert old.meeting is None, "The later one has gone."
    assert actions().count("report.circulated") == 1


def test_waits_for_a_meeting_and_asks_only_for_the_quarters_own(study):
    report = made(study)
    group = factories.make_group(study=study)
    factories.make_meeting(group=group, days_ahead=-3, status="held")
    assert papers.add_due() == 0
    factories.make_meeting(group=group, days_ahead=9, status="planned")
    Report.objects.filter(pk=report.pk).update(quarter="")
    assert papers.add_due() == 0


# Reading


def test_the_list_has_both_languages(
    member_client, steering_member, study, django_assert_max_num_queries
):
    sit(steering_member, study)
    made(study)
    for year in (2020, 2021, 2022):
        made(study, quarter=f"{year}-Q4", since=date(year, 1, 1))
    with django_assert_max_num_queries(LIMIT):
        page = member_client.get("/cy/reports/wimd/reports/").content.decode()
    assert page.count("PDF Cymraeg") == page.count("PDF Saesneg") == 4
    assert "Llunio" not in page, "Members cannot ask for one."


def test_files_are_for_those_who_may_see_the_study(
    client, member_client, manager_client, study
):
    report = made(study)
    url = f"/en/reports/made/{report.pk}/en.pdf"
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 403
    answer = manager_client.get(url)
    assert b"".join(answer.streaming_content) == factories.PDF
    assert manager_client.get(url.replace("en.pdf", "fr.pdf")).status_code == 404
    report.file_en.delete()
    assert manager_client.get(url).status_code == 404


def test_two_reports_side_by_side(manager_client, study):
    come(study, "academic", 30, stayed_away=10, days_ago=10)
    come(study, "academic", 9, stayed_away=31, days_ago=40)
    today = timezone.localdate()
    found = []
    for days in (50, 20):
        days_of = {
            "since": today - timedelta(days=days),
            "until": today - timedelta(days=days - 20),
        }
        report = made(study, quarter="", **days_of)
        period = reports.periods.days(report.since, report.until)
        report.data = gathering.documents(study, period)
        report.save()
        found.append(report.pk)
    page = "/en/reports/wimd/reports/compare/"
    html = manager_client.get(
        f"{page}?first={found[0]}&second={found[1]}"
    ).content.decode()
    assert "22.5%" in html
    assert "75.0%" in html
    assert "+52.5" in html
    assert manager_client.get(page).status_code == 200
    wrong = manager_client.get(f"{page}?first={found[0]}&second=999999")
    assert wrong.status_code == 422
