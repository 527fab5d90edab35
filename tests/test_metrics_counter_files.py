"""COUNTER's reports as tables, from the command and the page, beside the API."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.support import counted

pytestmark = pytest.mark.django_db
HEADER = [
    "Report_Name",
    "Report_ID",
    "Release",
    "Institution_Name",
    "Institution_ID",
    "Metric_Types",
    "Report_Filters",
    "Report_Attributes",
    "Exceptions",
    "Reporting_Period",
    "Created",
    "Created_By",
    "Registry_Record",
]


@pytest.fixture(autouse=True)
def march(own_clock):
    with time_machine.travel(counted.NOW, tick=False):
        yield


@pytest.fixture
def site(study):
    return counted.site(study)


def made(report="PR", *, form="tsv", first="2026-01", last="2026-02", **more):
    out = StringIO()
    call_command(
        "counter_report",
        *(report, "--from", first, "--to", last, "--format", form),
        stdout=out,
        **more,
    )
    return out.getvalue()


def table(text):
    """(header, headings, rows)."""
    rows = [line.split("\t") for line in text.removesuffix("\r\n").split("\r\n")]
    assert rows[13] == [""]
    headings = rows[14]
    assert {len(row) for row in rows[15:]} <= {len(headings)}
    head = {row[0]: row[1] for row in rows[:13]}
    return head, headings, [dict(zip(headings, r, strict=True)) for r in rows[15:]]


def test_the_header_is_written_as_the_standard_has_it(site):
    text = made("PR_P1")
    assert [line.split("\t")[0] for line in text.split("\r\n")[:13]] == HEADER
    head, headings, _rows = table(text)
    assert head == {
        "Report_Name": "Platform Usage",
        "Report_ID": "PR_P1",
        "Release": "5.1",
        "Institution_Name": "The World",
        "Institution_ID": "dolen:0000000000000000",
        "Metric_Types": (
            "Searches_Platform; Total_Item_Requests; Unique_Item_Requests; "
            "Unique_Title_Requests"
        ),
        "Report_Filters": "Access_Method=Regular",
        "Report_Attributes": "",
        "Exceptions": "",
        "Reporting_Period": "Begin_Date=2026-01-01; End_Date=2026-02-28",
        "Created": "2026-03-11T09:00:00Z",
        "Created_By": "Dolen",
        "Registry_Record": "",
    }
    assert headings == [
        *("Platform", "Data_Type", "Metric_Type", "Reporting_Period_Total"),
        *("Jan-2026", "Feb-2026"),
    ]


def test_a_month_without_usage_is_nought_and_the_total_is_the_sum(site):
    _head, _headings, rows = table(made("PR"))
    counts = {
        (row["Data_Type"], row["Metric_Type"]): (
            row["Reporting_Period_Total"],
            row["Jan-2026"],
            row["Feb-2026"],
        )
        for row in rows
    }
    assert counts["Report", "Total_Item_Investigations"] == ("4", "3", "1")
    assert counts["Report", "Unique_Item_Requests"] == ("2", "1", "1")
    assert counts["News_Item", "Total_Item_Requests"] == ("3", "0", "3")


def test_items_as_a_table(manager_client, site):
    given = {"attributes_to_show": "Authors|YOP", "include_parent_details": "True"}
    answer = manager_client.get("/cy/readership/counter/ir.tsv", given)
    assert answer["Content-Type"].startswith("text/tab-separated-values")
    head, headings, rows = table(answer.content.decode())
    assert head["Report_Attributes"] == (
        "Attributes_To_Show=Authors|YOP; Include_Parent_Details=True"
    )
    assert headings[:6] == [
        *("Item", "Publisher", "Publisher_ID", "Platform", "Authors", "DOI")
    ]
    ranks = next(row for row in rows if row["Item"] == "Ranks")
    assert ranks["Authors"] == "B. Rees (ORCID:0000-0002-1825-0097); A body"
    assert (ranks["Online_ISSN"], ranks["YOP"]) == ("0953-1513", "2025")
    issue = next(row for row in rows if row["Item"] == "First issue")
    assert issue["Parent_Title"] == "Ranks monthly"
    assert issue["Parent_Data_Type"] == "Newspaper_or_Newsletter"


@pytest.mark.parametrize("report", ["PR", "PR_P1", "IR"])
def test_table_and_json_have_the_same_figures(client, site, report):
    _head, _headings, rows = table(made(report))
    from_table = sorted(
        (row["Data_Type"], row["Metric_Type"], month, int(row[name]))
        for row in rows
        for month, name in (("2026-01", "Jan-2026"), ("2026-02", "Feb-2026"))
        if row[name] != "0"
    )
    given = {"customer_id": "0" * 16, "begin_date": "2026-01", "end_date": "2026-02"}
    answer = client.get(f"/r51/reports/{report.lower()}", given).json()
    assert json.loads(made(report, form="json")) == answer
    things = answer["Report_Items"]
    if report == "IR":
        things = [item for parent in things for item in parent["Items"]]
    from_api = sorted(
        (line["Data_Type"], metric, month, count)
        for thing in things
        for line in thing["Attribute_Performance"]
        for metric, counts in line["Performance"].items()
        for month, count in counts.items()
    )
    assert from_table == from_api
    assert from_table


def test_an_empty_table_says_why(site):
    head, _headings, rows = table(made("IR", first="2025-11", last="2025-12"))
    assert head["Exceptions"] == (
        "3032: Usage No Longer Available for Requested Dates "
        "(usage is only available from 2026-01)"
    )
    assert rows == []


def test_a_title_cannot_begin_another_cell(site):
    type(site[0]).objects.update(title_en="One\ttwo\nthree")
    assert {row["Item"] for row in table(made("IR"))[2]} >= {"One two three"}


def test_into_a_file(tmp_path, site):
    made("IR", out=str(tmp_path / "ir.tsv"))
    text = (tmp_path / "ir.tsv").read_bytes().decode("utf-8")
    assert table(text)[0]["Report_ID"] == "IR"


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"report": "TR"}, 2, "“TR” is no report: one of PR, PR_P1, IR."),
        ({"first": "2026"}, 2, "--from is not yyyy-mm"),
        ({"last": "2025-12"}, 2, "--to is before --from"),
        (
            {"first": "2027-01", "last": "2027-01"},
            2,
            "--from is in this month or later",
        ),
        ({"out": "/nowhere/at/all.tsv"}, 1, "--out: "),
    ],
)
def test_the_command_says_what_is_wrong(given, code, words):
    with pytest.raises(CommandError) as error:
        made(**given)
    assert error.value.returncode == code
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (["--from", "yesterday"], 2, "--from: “yesterday” is no date"),
        (["--from", "2026-03-01", "--to", "2026-02-01"], 2, "must not be after --to"),
        (["--from", "2026-03-01", "--to", "2026-05-01"], 2, "today (2026-03-11)"),
    ],
)
def test_recount_says_what_is_wrong(given, code, words):
    with pytest.raises(CommandError) as error:
        call_command("recount", *given)
    assert error.value.returncode == code
    assert words in str(error.value)


def test_recount_counts_the_days(capsys):
    call_command("recount", "--from", "2026-03-09")
    assert capsys.readouterr().out == "Days counted: 3\n"
