"""COUNTER's API: its form, its errors, and who may ask."""

import pytest
import time_machine
from django.db import OperationalError, connection

from engagement.metrics.services import recount
from tests import factories
from tests.support import counted
from tests.support import counter_schema as schema

pytestmark = pytest.mark.django_db
WORLD = {"customer_id": "0000000000000000"}
WINTER = {**WORLD, "begin_date": "2026-01", "end_date": "2026-02"}
EVERYTHING = {
    "attributes_to_show": "Authors|Publication_Date|YOP|Access_Type|Access_Method",
    "include_parent_details": "True",
}


@pytest.fixture(autouse=True)
def march(own_clock):
    with time_machine.travel(counted.NOW, tick=False):
        yield


@pytest.fixture
def site(study):
    return counted.site(study)


def ask(client, path, given=WINTER, status=200):
    answer = client.get(f"/r51/{path}", given)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    assert not answer.content.startswith(b"\xef\xbb\xbf")
    return answer.json()


def report(client, name, **more):
    found = ask(client, f"reports/{name}", {**WINTER, **more})
    wrong = schema.problems(getattr(schema, name.upper()), found)
    assert wrong == []
    return found


def remarks(found):
    exceptions = found["Report_Header"].get("Exceptions", ())
    return {one["Code"]: one.get("Data", "") for one in exceptions}


def test_the_platform_by_data_type(client, site):
    found = report(client, "pr")
    assert "Exceptions" not in found["Report_Header"]
    assert found["Report_Items"] == [
        {
            "Platform": "Dolen",
            "Attribute_Performance": [
                {
                    "Data_Type": "News_Item",
                    "Performance": {
                        "Total_Item_Investigations": {"2026-02": 3},
                        "Total_Item_Requests": {"2026-02": 3},
                        "Unique_Item_Investigations": {"2026-02": 3},
                        "Unique_Item_Requests": {"2026-02": 3},
                    },
                },
                {
                    "Data_Type": "Report",
                    "Performance": {
                        "Total_Item_Investigations": {"2026-01": 3, "2026-02": 1},
                        "Total_Item_Requests": {"2026-01": 2, "2026-02": 1},
                        "Unique_Item_Investigations": {"2026-01": 1, "2026-02": 1},
                        "Unique_Item_Requests": {"2026-01": 1, "2026-02": 1},
                    },
                },
            ],
        }
    ]


def test_the_standard_view_shows_requests_alone(client, site):
    found = report(client, "pr_p1")
    lines = found["Report_Items"][0]["Attribute_Performance"]
    assert [line["Data_Type"] for line in lines] == ["News_Item", "Report"]
    assert {m for line in lines for m in line["Performance"]} == {
        "Total_Item_Requests",
        "Unique_Item_Requests",
    }


def test_items_with_all_that_describes_them(client, site):
    found = report(client, "ir", **EVERYTHING)
    parents = {one.get("Title"): one for one in found["Report_Items"]}
    assert set(parents) == {None, "Ranks monthly"}
    assert parents["Ranks monthly"]["Data_Type"] == "Newspaper_or_Newsletter"
    assert [one["Item"] for one in parents["Ranks monthly"]["Items"]] == ["First issue"]
    ranks = next(one for one in parents[None]["Items"] if one["Item"] == "Ranks")
    output = site[0]
    assert ranks["Publisher"] == "Welsh Government"
    assert ranks["Authors"] == [
        {"Name": "B. Rees", "ORCID": "0000-0002-1825-0097"},
        {"Name": "A body"},
    ]
    assert ranks["Item_ID"] == {
        "Proprietary": f"dolen:output-{output.pk}",
        "Online_ISSN": "0953-1513",
        "URI": "http://127.0.0.1:8000/en/outputs/ranks/",
    }
    (usage,) = ranks["Attribute_Performance"]
    assert (usage["YOP"], usage["Access_Type"]) == ("2025", "Open")
    assert usage["Performance"]["Total_Item_Requests"] == {"2026-01": 2, "2026-02": 1}


def test_parents_are_shown_where_they_are_asked_for(client, site):
    (alone,) = report(client, "ir")["Report_Items"]
    assert set(alone) == {"Items"}
    assert len(alone["Items"]) == 3


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"data_type": "Report"}, {"Ranks"}),
        ({"data_type": "Report|News_Item", "yop": "2025"}, {"Ranks"}),
        ({"yop": "2020-2024|2026"}, {"Article", "First issue"}),
        ({"access_type": "Open"}, {"Ranks"}),
        ({"access_method": "TDM"}, set()),
        ({"metric_type": "Limit_Exceeded"}, set()),
    ],
)
def test_filters(client, site, given, titles):
    found = report(client, "ir", **given)
    items = [one for parent in found["Report_Items"] for one in parent["Items"]]
    assert {one["Item"].rstrip(" 0123456789") for one in items} == titles
    applied = found["Report_Header"]["Report_Filters"].keys() - {
        "Begin_Date",
        "End_Date",
    }
    assert {name.lower() for name in applied} == given.keys()
    assert set(remarks(found)) == (set() if titles else {3030})


def test_one_metric_alone(client, site):
    found = report(client, "pr", metric_type="Unique_Item_Requests")
    lines = found["Report_Items"][0]["Attribute_Performance"]
    assert {tuple(line["Performance"]) for line in lines} == {("Unique_Item_Requests",)}


@pytest.mark.parametrize(
    ("name", "given", "code", "data"),
    [
        ("pr", {"yop": "2025"}, 3050, "yop"),
        ("pr_p1", {"data_type": "Report"}, 3050, "data_type"),
        ("ir", {"colour": "red"}, 3050, "colour"),
        ("ir", {"data_type": "Report|Poem"}, 3060, "data_type=Poem"),
        ("ir", {"yop": "25"}, 3060, "yop=25"),
        ("ir", {"item_id": "DOI:10.1/x"}, 3060, "item_id"),
        ("pr", {"platform": "Other"}, 3060, "platform=Other"),
        ("pr", {"country_code": "GB"}, 3060, "country_code"),
        ("pr", {"attributes_to_show": "Colour"}, 3062, "attributes_to_show=Colour"),
        ("pr", {"granularity": "Totals"}, 3062, "granularity=Totals"),
        ("ir", {"include_parent_details": "Yes"}, 3062, "include_parent_details=Yes"),
        ("ir", {"include_component_details": "True"}, 3063, ""),
    ],
)
def test_what_is_not_known_is_named_and_ignored(client, site, name, given, code, data):
    found = report(client, name, **given)
    assert remarks(found) == {code: data}
    assert found["Report_Items"]


def test_this_platform_may_be_asked_for(client, site):
    found = report(client, "pr", platform="Dolen", requestor_id="x", api_key="y")
    assert found["Report_Header"]["Report_Filters"]["Platform"] == "Dolen"
    assert remarks(found) == {}


@pytest.mark.parametrize(
    ("given", "code", "status"),
    [
        ({"customer_id": ""}, 1030, 400),
        ({"customer_id": "C1"}, 2010, 403),
        ({"begin_date": ""}, 1030, 400),
        ({"end_date": ""}, 1030, 400),
        ({"begin_date": "2026"}, 3020, 400),
        ({"begin_date": "2026-13"}, 3020, 400),
        ({"begin_date": "2026-01-02"}, 3020, 400),
        ({"end_date": "2026-02-27"}, 3020, 400),
        ({"begin_date": "2026-02", "end_date": "2026-01"}, 3020, 400),
        ({"begin_date": "2026-03", "end_date": "2026-03"}, 3020, 400),
        ({"begin_date": "\u0662026-01"}, 3020, 400),
    ],
)
def test_where_there_can_be_no_report(client, given, code, status):
    found = ask(client, "reports/pr", {**WINTER, **given}, status)
    assert schema.problems(schema.EXCEPTION, found) == []
    assert found["Code"] == code


def test_full_dates_are_as_good_as_months(client, site):
    found = report(client, "pr", begin_date="2026-01-01", end_date="2026-02-28")
    assert remarks(found) == {}


def test_a_month_that_is_not_over_is_left_out_and_said(client, site):
    factories.make_hit("article", site[1].pk, site[1].study, at=counted.NOW)
    factories.count_hits()
    found = report(client, "ir", end_date="2026-04")
    assert remarks(found) == {3031: "usage is only available to 2026-02"}
    assert found["Report_Header"]["Report_Filters"]["End_Date"] == "2026-02-28"
    assert "2026-03" not in str(found["Report_Items"])


def test_before_the_first_hit_there_was_nothing(client, site):
    found = report(client, "pr", begin_date="2024-12")
    assert remarks(found) == {3032: "usage is only available from 2026-01"}
    assert found["Report_Header"]["Report_Filters"]["Begin_Date"] == "2026-01-01"
    early = report(client, "pr", begin_date="2024-12", end_date="2025-01")
    assert set(remarks(early)) == {3032}
    assert early["Report_Items"] == []


def test_a_month_without_usage_says_so(client):
    recount.recount_day(counted.LAST)
    found = report(client, "ir", begin_date="2026-02")
    assert set(remarks(found)) == {3030}
    assert found["Report_Items"] == []


def test_a_month_that_nobody_has_counted_is_not_ready(client, study):
    found = report(client, "pr", begin_date="2026-02")
    assert set(remarks(found)) == {3031}


def test_what_is_gone_keeps_its_usage_without_a_name(client, site):
    site[0].delete()
    found = report(client, "ir", data_type="Unspecified")
    ((item,),) = [parent["Items"] for parent in found["Report_Items"]]
    assert item["Item"] == ""
    usage = item["Attribute_Performance"][0]["Performance"]
    assert usage["Total_Item_Requests"] == {"2026-01": 2, "2026-02": 1}


def test_a_draft_is_in_no_report(client, site):
    type(site[0]).objects.update(status="draft")
    found = report(client, "ir")["Report_Items"]
    assert "Ranks" not in {one["Item"] for parent in found for one in parent["Items"]}


def test_the_list_of_reports_says_which_months_there_are(client, site):
    found = ask(client, "reports", WORLD)
    assert schema.problems(schema.REPORT_LIST, found) == []
    assert [one["Report_ID"] for one in found] == ["PR", "PR_P1", "IR"]
    months = {(r["First_Month_Available"], r["Last_Month_Available"]) for r in found}
    assert months == {("2026-01", "2026-02")}
    for one in found:
        assert client.get(one["Path"], WINTER).status_code == 200


def test_the_world_is_the_one_member(client):
    found = ask(client, "members", WORLD)
    assert schema.problems(schema.MEMBERS, found) == []
    assert [one["Customer_ID"] for one in found] == [WORLD["customer_id"]]
    assert ask(client, "members", {}, 400)["Code"] == 1030


def test_the_status_needs_nothing(client, settings):
    found = ask(client, "status", {})
    assert schema.problems(schema.STATUS, found) == []
    assert found[0]["Service_Active"] is True


@pytest.mark.parametrize("path", ["reports/tr", "reports/PR", "reports/x-y", "pr"])
def test_another_address_is_no_address(client, path):
    assert client.get(f"/r51/{path}", WINTER).status_code == 404


def test_many_requests_are_too_many(client, monkeypatch):
    monkeypatch.setattr("engagement.metrics.views.counter.MOST", 2)
    assert [client.get("/r51/status").status_code for _n in range(3)] == [200, 200, 429]
    assert ask(client, "status", {}, 429)["Code"] == 1020


def test_a_database_that_is_down_is_said_in_its_form(client, site):
    def down(*_anything):
        raise OperationalError("gone")

    with connection.execute_wrapper(down):
        found = ask(client, "reports/pr", WINTER, 503)
    assert schema.problems(schema.EXCEPTION, found) == []
    assert found["Code"] == 1000


def test_a_report_costs_few_queries(client, site, django_assert_max_num_queries):
    for _number in range(5):
        output = factories.make_output(published=True)
        factories.make_hit("output", output.pk, None, at=counted.NOW.replace(month=1))
    factories.count_hits()
    with django_assert_max_num_queries(10):
        found = report(client, "ir", **EVERYTHING)
    assert len(found["Report_Items"][0]["Items"]) == 7
