"""The calendar and its feeds for everybody; the pages of staff."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import time_machine
from django.utils import timezone

from engagement.outputs.models import Edition, Output, Release
from engagement.outputs.services import publishing, release_dates
from tests.factories import make_file, make_output, make_release
from tests.factories.releases import put_in
from tests.support.calendars import read

pytestmark = pytest.mark.django_db
LIST = "/en/outputs/releases/"
WHY = {"reason_en": "Late data.", "reason_cy": "Data hwyr."}


@pytest.fixture
def november():
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def five(study, manager, november):
    """One of each state."""
    made = {}
    for name in ("draft", "planned", "confirmed", "published", "cancelled"):
        made[name] = make_release(
            study=study, outputs=1, approved=True, title_en=name.title() + " one"
        )
    month = date(2027, 3, 1)
    at = datetime(2027, 4, 12, 8, 30, tzinfo=UTC)
    release_dates.plan(by=None, release=made["planned"], month=month)
    release_dates.confirm(by=None, release=made["confirmed"], at=at)
    publishing.publish_now(by=manager, release=made["published"])
    cancelled = release_dates.confirm(by=None, release=made["cancelled"], at=at)
    release_dates.cancel(by=None, release=cancelled, **WHY)
    for release in made.values():
        release.refresh_from_db()
    return made


def test_the_calendar_shows_each_as_exactly_as_it_is_known(client, five):
    page = " ".join(client.get(LIST).content.decode().split())
    assert "Draft one" not in page
    order = ("Planned one", "March 2027", "Confirmed one", "12 April 2027, 9:30am")
    order += ("Published one", "Cancelled one", "Late data.")
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    page = client.get("/cy/outputs/releases/").content.decode()
    for text in ("Mawrth 2027", "12 Ebrill 2027, 9:30yb", "Data hwyr."):
        assert text in page


def test_a_change_is_in_the_calendar(client, five):
    at = datetime(2027, 4, 20, 8, 30, tzinfo=UTC)
    release_dates.confirm(by=None, release=five["confirmed"], at=at, **WHY)
    page = client.get(LIST).content.decode()
    assert "Announced before: 12 April 2027, 9:30am." in page
    assert "20 April 2027, 9:30am" in page
    page = client.get(five["confirmed"].get_absolute_url()).content.decode()
    assert "From 12 April 2027, 9:30am to 20 April 2027, 9:30am." in page
    at = datetime(2027, 3, 9, 9, 30, tzinfo=UTC)
    release_dates.confirm(by=None, release=five["planned"], at=at)
    page = client.get(five["planned"].get_absolute_url()).content.decode()
    assert "The day was named: 9 March 2027, 9:30am." in page


def test_an_empty_calendar_says_so(client):
    page = client.get(LIST).content.decode()
    assert "No release is announced." in page
    assert "No release is out yet." in page


def test_a_page_shows_the_rest_once_it_is_out(client, five):
    assert client.get(five["draft"].get_absolute_url()).status_code == 404
    output = Output.objects.get(editions__release_item__release=five["confirmed"])
    page = client.get(five["confirmed"].get_absolute_url()).content.decode()
    assert "It is not out yet." in page
    assert output.title_en not in page
    assert five["confirmed"].news_en not in page
    release = five["published"]
    output = Output.objects.get(editions__release_item__release=release)
    page = client.get(release.get_absolute_url()).content.decode()
    assert release.news_en in page
    assert output.get_absolute_url() in page


def test_the_calendar_file_has_those_with_a_day(client, five):
    answer = client.get(f"{LIST}calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar, entries = read(answer.content)
    assert str(calendar["x-wr-calname"]) == "Dolen releases"
    states = {str(entry["summary"]): str(entry["status"]) for entry in entries}
    assert states == {
        "Confirmed one": "CONFIRMED",
        "Published one": "CONFIRMED",
        "Cancelled one": "CANCELLED",
    }
    [confirmed] = [e for e in entries if e["summary"] == "Confirmed one"]
    assert confirmed.decoded("dtstart") == five["confirmed"].publish_at
    assert int(confirmed["sequence"]) == 1
    [cancelled] = [e for e in entries if e["summary"] == "Cancelled one"]
    assert (int(cancelled["sequence"]), cancelled["description"]) == (2, "Late data.")
    _calendar, entries = read(client.get("/cy/outputs/releases/calendar.ics").content)
    assert {str(e["summary"]) for e in entries} == {
        r.title_cy for name, r in five.items() if name not in ("draft", "planned")
    }


def test_the_news_are_of_what_is_out(client, five):
    answer = client.get(f"{LIST}news.atom")
    feed = feedparser.parse(answer.content)
    [entry] = feed.entries
    assert entry.title == "Published one"
    assert five["published"].news_en in entry.summary
    assert (
        client.get(
            f"{LIST}news.atom", headers={"If-Modified-Since": answer["Last-Modified"]}
        ).status_code
        == 304
    )
    welsh = feedparser.parse(client.get("/cy/outputs/releases/news.atom").content)
    assert five["published"].news_cy in welsh.entries[0].summary
    assert welsh.entries[0].id != entry.id


def test_few_queries(client, study, django_assert_max_num_queries):
    for _ in range(4):
        release = make_release(study=study)
        release_dates.plan(by=None, release=release, month=timezone.localdate())
    with django_assert_max_num_queries(7):
        client.get(LIST)
    with django_assert_max_num_queries(2):
        client.get(f"{LIST}calendar.ics")
    with django_assert_max_num_queries(4):
        client.get(release.get_absolute_url())


def test_the_study_and_the_dashboard_show_what_is_next(client, manager_client, five):
    page = client.get(five["planned"].study.get_absolute_url()).content.decode()
    assert "Next releases" in page
    assert "Planned one" in page
    assert "Draft one" not in page
    page = manager_client.get("/en/dashboard/").content.decode()
    assert "Releases that are coming" in page
    assert "Confirmed one" in page


def test_staff_make_a_release(manager_client, study):
    page = manager_client.get(f"{LIST}manage/").content.decode()
    assert "There are no releases yet." in page
    fields = {"study": study.pk, "title_en": "Index", "title_cy": "Mynegai"}
    fields |= {"news_en": "Out.", "news_cy": ""}
    answer = manager_client.post(f"{LIST}manage/new/", fields)
    release = Release.objects.get()
    assert answer.url == f"{LIST}manage/{release.slug}/"
    assert (
        "There is no news item in Welsh."
        in manager_client.get(answer.url).content.decode()
    )
    answer = manager_client.post(f"{answer.url}edit/", fields | {"title_cy": ""})
    assert answer.status_code == 422
    assert "Enter a title in Welsh." in answer.content.decode()
    manager_client.post(
        f"{LIST}manage/{release.slug}/edit/", fields | {"news_cy": "Allan."}
    )
    release.refresh_from_db()
    assert release.news_cy == "Allan."


def test_staff_choose_editions(manager_client, client, study):
    """A planned output is hidden from then on: the release announces it."""
    release = make_release(study=study)
    ours = make_output(status="planned", study=study, with_file=True)
    out = make_output(published=True, study=study, with_file=True)
    url = f"{LIST}manage/{release.slug}/"
    page = manager_client.get(url).content.decode()
    assert ours.title_en in page
    assert out.title_en not in page
    assert client.get(ours.get_absolute_url()).status_code == 200
    bad = manager_client.post(url, {"edition": out.editions.get().pk})
    assert bad.status_code == 422
    manager_client.post(url, {"edition": ours.editions.get().pk})
    assert client.get(ours.get_absolute_url()).status_code == 404
    item = release.items.get()
    manager_client.post(f"{url}editions/{item.pk}/remove/")
    assert not release.items.exists()
    assert Edition.objects.filter(pk=item.edition_id).exists()


def test_an_edition_goes_out_with_one_release(manager_client, study):
    release = make_release(study=study, outputs=1)
    other = make_release(study=study)
    edition = release.items.get().edition
    answer = manager_client.post(f"{LIST}manage/{other.slug}/", {"edition": edition.pk})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose how much is known."),
        ({"precision": "month"}, "Choose a month."),
        ({"precision": "day"}, "Choose a day."),
        ({"precision": "day", "day": "soon"}, "Write the day as 2026-11-24."),
        ({"precision": "day", "day": "2020-01-01"}, "still to come"),
        (
            {"precision": "day", "day": "2027-03-28", "time": "01:30"},
            "clocks go forward",
        ),
    ],
)
def test_a_bad_date_is_named(manager_client, study, fields, error):
    url = f"{LIST}manage/{make_release(study=study).slug}/date/"
    answer = manager_client.post(url, fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_staff_announce_change_and_cancel(manager_client, client, study, november):
    release = make_release(study=study)
    url = f"{LIST}manage/{release.slug}/"
    manager_client.post(f"{url}date/", {"precision": "month", "month": "2027-03-01"})
    day = {"precision": "day", "day": "2027-04-12"}
    answer = manager_client.post(f"{url}date/", day)
    assert answer.status_code == 422
    assert "Say why it changes, in English and in Welsh." in answer.content.decode()
    manager_client.post(f"{url}date/", day | WHY)
    release.refresh_from_db()
    assert release.publish_at == datetime(2027, 4, 12, 8, 30, tzinfo=UTC)
    page = manager_client.get(f"{url}cancel/").content.decode()
    assert "It stays in the public calendar" in page
    assert manager_client.post(f"{url}cancel/", {}).status_code == 422
    manager_client.post(f"{url}cancel/", WHY)
    release.refresh_from_db()
    assert release.state == "cancelled"
    assert "Cancelled" in client.get(LIST).content.decode()


def test_staff_delete_a_draft_after_asking(manager_client, study):
    release = make_release(study=study, outputs=1)
    url = f"{LIST}manage/{release.slug}/discard/"
    assert "Delete the draft" in manager_client.get(url).content.decode()
    assert Release.objects.exists()
    manager_client.post(url)
    assert not Release.objects.exists()
    assert Output.objects.exists()


def test_the_pages_of_staff_cost_few_queries(
    manager_client, study, django_assert_max_num_queries
):
    release = make_release(study=study, outputs=1, approved=True)
    url = f"{LIST}manage/{release.slug}/"
    for _ in range(3):
        put_in(release, make_output(status="draft", study=study))
    for _ in range(3):
        make_file(output=make_output(status="draft", study=study))
    with django_assert_max_num_queries(22):
        manager_client.get(url)
    with django_assert_max_num_queries(10):
        manager_client.get(f"{url}approve/")
    with django_assert_max_num_queries(6):
        manager_client.get(f"{LIST}manage/")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "new/",
        "{}/",
        "{}/edit/",
        "{}/date/",
        "{}/cancel/",
        "{}/discard/",
        "{}/publish/",
    ],
)
def test_is_for_staff(client, member_client, manager_client, study, page):
    url = f"{LIST}manage/{page.format(make_release(study=study).slug)}"
    for method in ("get", "post"):
        assert getattr(client, method)(url).status_code == 302
        assert getattr(member_client, method)(url).status_code == 403
    assert manager_client.get(url).status_code == 200
    assert Release.objects.get().state == "draft"


def test_a_script_is_shown_as_text(client, manager_client, study):
    script = "<script>alert(1)</script>"
    release = make_release(
        study=study, title_en=script, title_cy=script, news_en=script
    )
    release_dates.plan(
        by=None, release=release, month=timezone.localdate() + timedelta(40)
    )
    pages = (LIST, release.get_absolute_url(), f"{LIST}manage/{release.slug}/")
    for page in (*pages, f"{LIST}manage/{release.slug}/approve/"):
        assert script not in manager_client.get(page).content.decode()
