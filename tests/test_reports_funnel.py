"""From contact to decision, broken down: page, files and command line say the same."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from engagement.audit.models import Entry
from engagement.metrics import breakdowns, registry
from engagement.reports import funnels, pages, periods
from tests import factories
from tests.support.reported import come, sit
from tests.test_evidence_list import make_use

pytestmark = pytest.mark.django_db
LIMIT = 70


def page(client, query="", slug="wimd"):
    return client.get(f"/en/reports/{slug}/funnel/{query}")


def text(answer):
    return " ".join(answer.content.decode().split())


def tables(study, kind="sector", key="year", lang="en", **more):
    with translation.override(lang):
        period = periods.usual(study, key, timezone.now())
        found = funnels.document(study, period, kind, **more)
        return {one.key.removeprefix("by-"): one for one in pages.tables(found)}


def rows(table):
    return {row[0]: list(row[1:]) for row in table.rows}


def follow(study, letter, **fields):
    factories.make_hit("link", 1, study, client=str(letter), letter=letter, **fields)


# Who may


def test_for_managers_and_those_who_sit_in_a_group_of_the_study(
    client, manager_client, member_client, steering_member, study
):
    assert page(client).status_code == 302
    assert page(manager_client).status_code == 200
    assert page(member_client).status_code == 403
    sit(steering_member, study)
    assert page(member_client).status_code == 200
    assert ">Rows<" not in text(page(member_client))
    assert page(manager_client, slug="none").status_code == 404


def test_the_dashboard_leads_to_it_with_its_time(manager_client, study):
    html = text(manager_client.get("/en/reports/wimd/?period=year"))
    assert 'href="/en/reports/wimd/funnel/?period=year"' in html


@pytest.mark.parametrize(
    "query", ["?by=shoes", "?period=days&since=2020-03-02", "?period=never"]
)
def test_wrong_choices_are_named(manager_client, study, query):
    answer = page(manager_client, query)
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert page(manager_client, "?by=&period=").status_code == 200


# What it tells


def test_each_step_is_of_its_own_base(study):
    come(study, "academic", 20, stayed_away=20)
    come(study, "private", 12, stayed_away=0)
    found = rows(tables(study)["attendance"])
    assert found == {
        "All": [32, 52, 61.5],
        "Private sector": [12, 12, 100.0],
        "Academic": [20, 40, 50.0],
    }
    assert rows(tables(study)["contactable"])["Academic"][1] == 40
    assert rows(tables(study)["invited"]) == {"All": [0]}, "There is nothing to break."


def test_by_function_and_by_language(study):
    come(study, "academic", 9, function="policy")
    come(study, "academic", 8, function="research")
    found = tables(study, "function")
    assert rows(found["registrations"])["Policy"][0] == 9
    assert rows(found["contactable"])["Research"][0] == 8
    assert rows(tables(study, "language")["attendance"])["English"][0] == 17


def test_uses_are_by_the_sector_of_the_body_that_is_named(study):
    body = factories.make_organisation(sector="voluntary")
    make_use(study, organisation=body, decision_en="So", decision_cy="Felly")
    make_use(study, sector="academic", organisation=body, function="policy")
    make_use(study)
    assert rows(tables(study)["uses"]) == {
        "All": [3],
        "Voluntary sector": [1],
        "Academic": [1],
        "Not known": [1],
    }
    assert rows(tables(study)["decisions"])["Voluntary sector"] == [1, 1, 100.0]
    assert rows(tables(study, "function")["uses"])["Policy"] == [1]


def test_small_counts_are_hidden_and_what_would_tell_them(manager_client, study):
    come(study, "academic", 3, stayed_away=20)
    come(study, "private", 8, stayed_away=10)
    come(study, "voluntary", 30, stayed_away=2)
    found = rows(tables(study)["attendance"])
    assert found["Academic"] == found["Private sector"] == [None, None, None]
    assert found["Voluntary sector"] == [30, None, None]
    html = text(page(manager_client, "?period=year"))
    assert "Where few of a base are not in the number" in html
    assert 'class="number is-hidden">hidden' in html


def test_says_for_which_steps_it_is_not_known_and_why(manager_client, study):
    follow(study, 1)
    html = text(page(manager_client, "?period=year"))
    assert html.count("Not broken down.") == 3
    assert "no sector and no function is kept with them" in html
    assert "It is known only of readers who agreed to be known by name." in html
    html = text(page(manager_client, "?period=year&by=language"))
    assert "no language is kept" in html
    assert "who followed links to both counts twice" in html


def test_followed_links_are_by_sector_as_far_as_readers_agreed(manager_client, study):
    for letter in range(6):
        follow(study, letter, sector="academic")
        follow(study, 100 + letter, language="cy")
    follow(study, 200, hit_class="suspect")
    # Opening a mail is following no link.
    factories.make_hit("pixel", 1, study, letter=300)
    factories.count_hits()
    assert rows(tables(study)["followed"])["Academic"] == [6, 6]
    assert rows(tables(study, "language")["followed"]) == {
        "All": [12, 13],
        "Welsh": [6, 6],
        "English": [6, 7],
    }
    html = text(page(manager_client, "?period=year&by=language"))
    assert ">6 to 7</text>" in html, "The chart says both ends."


def test_each_step_says_how_far_each_kind_is_known(study):
    for kind in registry.KINDS:
        for step in breakdowns.steps(study.pk, kind):
            assert step.known or step.limit, (step.metric.key, kind)
            if kind not in step.metric.kinds:
                with pytest.raises(ValueError, match="not known by"):
                    step.metric.by(study.pk, kind)


def test_the_time_before_stands_beside_with_the_difference_in_words(
    manager_client, study
):
    come(study, "academic", 30, stayed_away=10, days_ago=10)
    come(study, "academic", 8, stayed_away=32, days_ago=120)
    come(study, "private", 20, stayed_away=20, days_ago=10)
    come(study, "private", 19, stayed_away=21, days_ago=120)
    table = tables(study, key="quarter", compared=True)["attendance"]
    assert [column.title for column in table.columns[4:]] == [
        "Number before",
        "Base before",
        "Share before",
        "Difference",
    ]
    found = rows(table)
    assert found["Academic"][:6] == [30, 40, 75.0, 8, 40, 20.0]
    assert found["Academic"][6].startswith("+55 percentage points (95% interval +3")
    assert found["Private sector"][6].startswith("no clear difference (95% interval")
    assert "no clear difference" in text(
        page(manager_client, "?period=quarter&compare=on")
    )
    now = rows(tables(study, key="quarter", compared=True)["contactable"])
    assert len(now["All"]) == 3, "It is known for today alone."


def test_of_a_hidden_share_there_is_no_difference(study):
    come(study, "academic", 30, stayed_away=10, days_ago=10)
    come(study, "academic", 3, stayed_away=32, days_ago=120)
    found = rows(tables(study, key="quarter", compared=True)["attendance"])
    assert found["Academic"] == [30, 40, 75.0, None, None, None, ""]


def test_both_languages_have_the_same_numbers(study):
    come(study, "academic", 12)
    numbers = [
        [
            [cell for cell in row[1:] if not isinstance(cell, str)]
            for table in tables(study, lang=lang, compared=True).values()
            for row in table.rows
        ]
        for lang in ("en", "cy")
    ]
    assert numbers[0] == numbers[1]


# The same everywhere


def test_files_and_the_command_line_have_the_numbers_of_the_page(manager_client, study):
    come(study, "academic", 20, stayed_away=20, days_ago=5)
    come(study, "private", 12, days_ago=5)
    first, last = timezone.localdate() - timedelta(days=9), timezone.localdate()
    query = f"?period=days&since={first}&until={last}&by=function"
    html = text(page(manager_client, query))
    out = io.StringIO()
    days = ["--from", str(first), "--to", str(last), "--json"]
    call_command("metrics", "wimd", *days, stdout=out)
    told = {one["key"]: one for one in json.loads(out.getvalue())["metrics"]}
    assert told["attendance"]["by"]["function"] == {"research": 32}
    assert told["attendance"]["by_base"]["function"] == {"research": 52}
    assert "by_base" in told["uses"]
    assert told["downloads"]["limits"]["sector"].startswith("Anybody may download")
    answer = manager_client.get(f"/en/reports/wimd/funnel/export/xlsx/{query}")
    assert "wimd-function-" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = [list(row) for row in book["Attendance, by function"].values]
    assert sheet[1:] == [["All", 32, 52, 61.5], ["Research", 32, 52, 61.5]]
    assert '<td class="number">32</td> <td class="number">52</td>' in html.replace(
        "</td><td", "</td> <td"
    )
    assert Entry.objects.filter(action="board.exported").count() == 1


def test_wrong_days_of_a_file_lead_back_to_the_page(manager_client, study):
    answer = manager_client.get("/en/reports/wimd/funnel/export/csv/?period=days")
    assert answer.url == "/en/reports/wimd/funnel/?period=days"


# How it is counted


def test_more_data_costs_no_more_queries(
    manager_client, study, django_assert_max_num_queries
):
    for sector in ("academic", "voluntary", "private"):
        come(study, sector, 3)
    with django_assert_max_num_queries(LIMIT):
        page(manager_client, "?compare=on&period=year")


def test_what_took_long_is_kept_for_who_asks_soon_after(
    manager_client, study, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("engagement.reports.services.funnel_boards.QUICK", 0)
    page(manager_client, "?period=year")
    with django_assert_max_num_queries(9):
        page(manager_client, "?period=year")
