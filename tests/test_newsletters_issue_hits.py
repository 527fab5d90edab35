"""The page of an issue is read as its PDF is: together they are its readership."""

from datetime import UTC, datetime

import pytest
import time_machine

from engagement.metrics.services import readership, recount
from newsletters.models import Newsletter
from tests import factories
from tests.support import counted, counter_schema
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
FIREFOX = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
FEBRUARY = datetime(2026, 2, 3, 10, 5, tzinfo=UTC)
WINTER = {
    "customer_id": "0000000000000000",
    "begin_date": "2026-01",
    "end_date": "2026-02",
}
OTHER = FIREFOX | {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def issue():
    return factories.send_out(factories.make_issue(articles=1))


@pytest.fixture
def pdf(issue):
    factories.make_document(issue=issue, language="en")
    return f"{issue.get_absolute_url()}en.pdf"


def test_each_reading_of_the_page_is_kept(client, manager_client, issue):
    page = issue.get_absolute_url()
    assert client.get(page, **FIREFOX).status_code == 200
    client.head(page, **FIREFOX)
    client.get(page.replace("/en/", "/cy/"), **FIREFOX)
    manager_client.get(page, **FIREFOX)
    en, cy, staff = taken_hits().order_by("pk")
    assert (en.target_kind, en.target_id, en.language) == ("issue", issue.pk, "en")
    assert en.study_id == issue.newsletter.study_id
    assert (cy.language, cy.letter) == ("cy", None)
    assert (staff.hit_class, staff.rule) == ("suspect", "signed in")


def test_not_where_readers_are_not_counted(client, issue):
    Newsletter.objects.update(privacy="none")
    assert client.get(issue.get_absolute_url(), **FIREFOX).status_code == 200
    assert not taken_hits().exists()


def test_not_of_a_draft(client, manager_client):
    draft = factories.make_issue(articles=1)
    assert client.get(draft.get_absolute_url(), **FIREFOX).status_code == 404
    assert manager_client.get(draft.get_absolute_url(), **FIREFOX).status_code == 200
    assert not taken_hits().exists()


def test_whoever_reads_page_and_pdf_is_one_reader(client, issue, pdf):
    for address in (issue.get_absolute_url(), pdf):
        client.get(address, **FIREFOX)
    client.get(pdf, **OTHER)
    client.get(issue.get_absolute_url(), HTTP_USER_AGENT="Googlebot/2.1")
    factories.count_hits()
    figures = readership.of_item("issue", issue.pk)
    assert figures.readers == (2, 2)
    assert figures.requests == (3, 3)
    assert figures.unique_requests == (2, 2), "once a session"
    assert figures.machines == 1


def test_its_page_of_readership_and_counter_s_report_say_the_same(
    client, manager_client, study, own_clock
):
    with time_machine.travel(counted.NOW, tick=False):
        *_others, issue = counted.site(study)
        # Besides the PDF, which "b" has read within the hour.
        factories.make_hit("issue", issue.pk, study, at=FEBRUARY, client="b")
        factories.make_hit("issue", issue.pk, study, at=FEBRUARY, client="d")
        factories.count_hits()
        recount.recount_day(counted.LAST)
        address = f"/en/readership/issue/{issue.pk}/readership.json"
        months = {"first": "2026-02-01", "last": "2026-02-28"}
        total = manager_client.get(address, months).json()["total"]
        found = client.get("/r51/reports/ir", WINTER).json()
    assert counter_schema.problems(counter_schema.IR, found) == []
    assert total["requests"] == {"at_least": 3, "at_most": 3}
    assert total["unique_requests"] == {"at_least": 2, "at_most": 2}
    every = [item for parent in found["Report_Items"] for item in parent["Items"]]
    (item,) = [item for item in every if item["Item"] == "First issue"]
    (performance,) = item["Attribute_Performance"]
    assert performance["Performance"] == {
        "Total_Item_Investigations": {"2026-02": 3},
        "Total_Item_Requests": {"2026-02": 3},
        "Unique_Item_Investigations": {"2026-02": 2},
        "Unique_Item_Requests": {"2026-02": 2},
    }
