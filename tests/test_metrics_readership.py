"""The pages of readership: the same figures everywhere, small counts hidden."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from engagement.metrics.models import Recount
from engagement.metrics.services import readership, recount, recounts
from engagement.outputs.metrics import downloads
from engagement.outputs.queries import all_downloads
from engagement.studies.sections import between
from tests import factories
from tests.support import counted

pytestmark = pytest.mark.django_db
WINTER = {"first": "2026-01-01", "last": "2026-02-28"}


@pytest.fixture(autouse=True)
def march(own_clock):
    with time_machine.travel(counted.NOW, tick=False):
        yield


@pytest.fixture
def output(study):
    return counted.site(study)[0]


def crowd(study, article, clients, **fields):
    at = datetime(2026, 2, 10, 12, tzinfo=UTC)
    for number in range(clients):
        client = f"c{number}{fields.get('language', '')}"
        factories.make_hit("article", article, study, client=client, at=at, **fields)


def address(output, ending=""):
    return f"/en/readership/output/{output.pk}/{ending}"


def rows(answer):
    text = answer.content.decode("utf-8-sig")
    return {(r["by"], r["value"]): r for r in csv.DictReader(io.StringIO(text))}


def test_page_file_api_report_and_study_say_the_same(
    client, manager_client, output, study
):
    page = manager_client.get(address(output), WINTER).content.decode()
    total = rows(manager_client.get(address(output, "readership.csv"), WINTER))[
        "total", ""
    ]
    data = manager_client.get(address(output, "readership.json"), WINTER).json()
    given = {"customer_id": "0" * 16, "begin_date": "2026-01", "end_date": "2026-02"}
    given["data_type"] = "Report"
    api = client.get("/r51/reports/ir", given).json()
    performance = api["Report_Items"][0]["Items"][0]["Attribute_Performance"][0]
    month = {m: sum(c.values()) for m, c in performance["Performance"].items()}
    sections = between(study, datetime(2026, 1, 1, tzinfo=UTC), counted.NOW)
    (part,) = [one for one in sections if one.key == "outputs"]

    assert data["total"]["requests"] == {"at_least": 3, "at_most": 4}
    assert (total["requests_least"], total["requests_most"]) == ("3", "4")
    assert "at least 3, at most 4" in page
    assert part.figures[0].value == "at least 3, at most 4"
    assert (downloads(study.pk).value, downloads(study.pk).at_most) == (3, 4)
    assert all_downloads([output]) == {output.pk: (3, 4)}
    assert month["Total_Item_Requests"] == 3
    unique = data["total"]["unique_requests"]["at_least"]
    assert (
        month["Unique_Item_Requests"] == unique == int(total["unique_requests_least"])
    )
    investigations = data["total"]["investigations"]["at_least"]
    assert month["Total_Item_Investigations"] == investigations == 4
    assert data["total"]["machines"] == int(total["machines"]) == 1


def test_days_and_languages_add_up_to_the_total(manager_client, output):
    found = rows(manager_client.get(address(output, "readership.csv"), WINTER))
    for by in ("day", "language"):
        parts = [int(r["requests_least"]) for (b, _v), r in found.items() if b == by]
        assert sum(parts) == 3
    assert {value for by, value in found if by == "day"} == {"2026-01-14", "2026-02-03"}


def test_few_readers_are_hidden_everywhere(manager_client, output):
    page = manager_client.get(address(output), WINTER).content.decode()
    total = rows(manager_client.get(address(output, "readership.csv"), WINTER))[
        "total", ""
    ]
    data = manager_client.get(address(output, "readership.json"), WINTER).json()
    assert "Counts of fewer than 5 people are hidden" in page
    assert (total["readers_least"], total["readers_most"]) == ("", "")
    assert data["total"]["readers"] == {"at_least": None, "at_most": None}


def test_many_readers_are_shown_and_few_of_a_sector_are_not(manager_client, study):
    article = counted.site(study)[1].pk
    crowd(study, article, 9, language="en", sector="academic")
    crowd(study, article, 7, language="cy", sector="private")
    crowd(study, article, 2, language="cy", sector="voluntary")
    factories.count_hits()
    data = manager_client.get(
        f"/en/readership/article/{article}/readership.json", WINTER
    ).json()
    readers = {one["sector"]: one["readers"] for one in data["by_sector"]}
    assert data["total"]["readers"] == {"at_least": 18, "at_most": 18}
    assert readers["academic"] == {"at_least": 9, "at_most": 9}
    # The next one goes too, or the total would give the two away.
    assert readers["voluntary"] == readers["private"]
    assert readers["private"] == {"at_least": None, "at_most": None}
    page = manager_client.get(f"/cy/readership/article/{article}/", WINTER)
    assert "Academaidd" in page.content.decode()


def test_a_short_time_is_shown_by_days_and_a_long_one_by_months(manager_client, output):
    short = {"first": "2026-02-01", "last": "2026-02-28"}
    page = manager_client.get(address(output), short).content.decode()
    assert "Requests by day" in page
    assert "3 February 2026" in page
    page = manager_client.get(address(output), WINTER).content.decode()
    assert "Requests by month" in page
    assert "January 2026" in page


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_without_hits_it_says_so(manager_client, output, lang):
    empty = {"first": "2025-01-01", "last": "2025-01-02"}
    page = manager_client.get(f"/{lang}/readership/output/{output.pk}/", empty)
    words = {"en": "Nothing was read", "cy": "Ni ddarllenwyd dim"}[lang]
    assert words in page.content.decode()


@pytest.mark.parametrize("page", ["", "output/{pk}/"])
@pytest.mark.parametrize(
    "given", [{"first": "x"}, {"first": "2026-02-01", "last": "2026-01-01"}]
)
def test_a_time_that_is_none_is_said(manager_client, output, page, given):
    answer = manager_client.get(f"/en/readership/{page.format(pk=output.pk)}", given)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("page", ["output/999/", "feed/1/", "poem/1/"])
def test_of_what_there_is_not(manager_client, page):
    assert manager_client.get(f"/en/readership/{page}").status_code == 404


def test_a_draft_is_for_those_who_write_it(manager_client, member_client, output):
    type(output).objects.update(status="draft")
    for ending in ("", "readership.csv", "readership.json"):
        assert member_client.get(address(output, ending)).status_code == 404
        assert manager_client.get(address(output, ending)).status_code == 200
    seen = [
        "Ranks<" in who.get("/en/readership/", WINTER).content.decode()
        for who in (member_client, manager_client)
    ]
    assert seen == [False, True]


def test_the_overview_ranks_what_was_read(manager_client, output):
    page = manager_client.get("/en/readership/", WINTER).content.decode()
    assert f'href="/en/readership/output/{output.pk}/' in page
    assert "Counted until 11 March 2026" in page
    assert "PR_P1, TSV" in page


def test_pages_cost_few_queries(
    manager_client, output, study, django_assert_max_num_queries
):
    for client in "vwxyz":
        more = factories.make_file(output=factories.make_output(published=True))
        at = datetime(2026, 2, 9, 12, tzinfo=UTC)
        factories.make_hit("file", more.pk, study, client=client, at=at)
    factories.count_hits()
    with django_assert_max_num_queries(24):
        manager_client.get("/en/readership/", WINTER)
    with django_assert_max_num_queries(14):
        manager_client.get(address(output), WINTER)
    with django_assert_max_num_queries(1):
        readership.readers(target_kind="article", study_id=study.pk)


def test_a_report_takes_whole_days(study):
    for hour in (1, 22):
        at = datetime(2026, 2, 10, hour, tzinfo=UTC)
        factories.make_hit("article", 1, study, at=at)
    factories.count_hits()
    noon = datetime(2026, 2, 10, 12, tzinfo=UTC)
    kind = {"target_kind": "article", "study_id": study.pk}
    for during, requests in [
        ((noon, noon + timedelta(hours=1)), 2),
        ((noon - timedelta(days=1), noon), 2),
        ((noon - timedelta(days=2), datetime(2026, 2, 10, tzinfo=UTC)), 0),
    ]:
        assert readership.counted(**kind, during=during) == (requests, requests)


class TestCountingAgain:
    def test_is_asked_for_done_and_shown(self, manager_client, output):
        factories.make_hit(
            "output", output.pk, None, at=counted.NOW - timedelta(days=2)
        )
        given = {"first": "2026-03-01"}
        answer = manager_client.post("/en/readership/count/", given, follow=True)
        page = answer.content.decode()
        assert "0 / 11" in page
        assert 'hx-get="/en/readership/count/progress/"' in page
        recounts.sweep()
        page = manager_client.get("/en/readership/count/progress/").content.decode()
        assert "from 1 March 2026 to 11 March 2026. It is done." in page
        assert "hx-get" not in page
        found = readership.of_item("output", output.pk, date(2026, 3, 9))
        assert found.investigations == (1, 1)

    def test_from_the_oldest_hit_where_nothing_is_said(self, manager_client, output):
        manager_client.post("/en/readership/count/")
        assert Recount.objects.get().first == date(2026, 1, 14)

    @pytest.mark.parametrize("given", [{"first": "soon"}, {"first": "2026-04-01"}, {}])
    def test_what_cannot_be_counted_is_said(self, manager_client, given):
        answer = manager_client.post("/en/readership/count/", given, follow=True)
        assert not Recount.objects.exists()
        assert answer.context["messages"]

    def test_not_twice_at_once(self, manager_client, output):
        for _time in range(2):
            answer = manager_client.post("/en/readership/count/", follow=True)
        assert "already" in answer.content.decode()
        assert Recount.objects.count() == 1

    def test_a_worker_that_stopped_is_taken_over_where_it_was(self, output):
        row = recounts.ask(first=date(2026, 3, 1))
        Recount.objects.update(
            state="counting", done=9, heard_at=counted.NOW - timedelta(minutes=6)
        )
        recounts.sweep()
        row.refresh_from_db()
        assert (row.state, row.done) == ("done", 11)

    def test_a_worker_that_lives_is_left_alone(self, output):
        row = recounts.ask(first=date(2026, 3, 1))
        Recount.objects.update(state="counting", heard_at=counted.NOW)
        recounts.sweep()
        row.refresh_from_db()
        assert (row.state, row.done) == ("counting", 0)

    def test_one_that_lost_its_row_stops(self, output):
        row = recounts.ask(first=date(2026, 3, 1))
        Recount.objects.update(state="counting", heard_at=counted.NOW)
        row.heard_at = counted.NOW - timedelta(minutes=6)
        with pytest.raises(recounts.Lost):
            recounts._heard(row, 1)

    def test_a_member_may_see_and_not_ask(self, member_client, output):
        page = member_client.get("/en/readership/").content.decode()
        assert "/en/readership/count/" not in page
        assert member_client.post("/en/readership/count/").status_code == 403


def test_the_tasks_count(study):
    from engagement.metrics import tasks

    factories.make_hit("article", 1, study, at=counted.NOW - timedelta(days=29))
    tasks.count_recent()
    factories.make_hit("article", 1, study, at=counted.NOW)
    tasks.count_today()
    recount.recount_day(date(2026, 1, 1))
    tasks.count_asked()
    assert readership.of_item("article", 1).requests == (2, 2)
