"""Who did what, for managers to find and to read."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from engagement.audit import registry
from engagement.audit.services import entries
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
URL = "/en/audit/"


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def table(client, query="", url=URL):
    """The rows alone: the form above them says the same words."""
    return page(client, f"{url}?{query}").split("<tbody>")[1].split("</tbody>")[0]


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=UTC), tick=False)


@pytest.fixture
def two(manager, study):
    """Published by the manager, read by nobody we know."""
    event = factories.make_event(title_en="Open day", study=study)
    output = factories.make_output(title_en="Ŵyn and sheep", study=study)
    entries.record(by=manager, action="event.published", target=event)
    entries.record(
        by=None, action="output.file_added", target=output, file="mynydd-tŷ.pdf"
    )


def test_only_managers_read_it(client, member_client, manager_client):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403
    assert manager_client.post(URL).status_code == 405


def test_nothing_yet(manager_client):
    html = page(manager_client)
    assert "Nothing has been done yet." in html
    assert "Clear the filter" not in html


def test_newest_first_with_who_did_what_to_what(manager_client, manager, two):
    rows = table(manager_client)
    assert rows.index("File added to an output") < rows.index("Event published")
    assert manager.name in rows
    assert "The public, or the system" in rows
    assert "Event: Open day" in rows


def test_details_in_words(manager_client, manager, study):
    issue = factories.make_issue()
    audience = ["name", "rule"]
    entries.record(by=None, action="issue.sent", target=issue, recipients=24)
    entries.record(by=None, action="audience.changed", target=study, fields=audience)
    entries.record(by=None, action="enquiry.answered", target=study, mailed=True)
    entries.record(by=None, action="person.erased", target=study, reason="erased")
    entries.record(by=None, action="gone.away", target=study, odd_thing=SCRIPT)
    rows = table(manager_client)
    assert "<dt>Recipients</dt><dd>24</dd>" in rows
    assert "<dt>What changed</dt><dd>name, rule</dd>" in rows
    assert "<dt>Sent by e-mail</dt><dd>Yes</dd>" in rows
    assert "<dt>Reason</dt><dd>Erased at their own wish</dd>" in rows
    # What the code no longer says is shown as it is kept.
    assert "gone.away" in rows
    assert "<dt>odd thing</dt><dd>&lt;script&gt;" in rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=open", "event"),
        ("words=day+OPEN", "event"),
        ("words=%C5%B4yn", "output"),
        ("words=mynydd-t%C5%B7", "output"),
        ("words=open+sheep", None),
        ("action=event.published", "event"),
        ("kind=outputs.output", "output"),
        ("who=nobody", "output"),
        ("who=nobody&action=event.published", None),
    ],
)
def test_finding(manager_client, two, query, found):
    html = page(manager_client, f"{URL}?{query}")
    rows = html.split("</form>")[-1]
    assert ("Event: Open day" in rows) == (found == "event")
    assert ("Output: Ŵyn and sheep" in rows) == (found == "output")
    assert ("Nothing was found." in rows) == (found is None)
    assert f'<a href="{URL}">Clear the filter</a>' in html


def test_by_who_did_it(manager_client, manager, study, two):
    rows = table(manager_client, f"who={manager.pk}")
    assert "Event: Open day" in rows
    assert "Output:" not in rows
    manager.name = "Renamed since"
    entries.record(by=manager, action="event.held", target=study)
    html = page(manager_client)
    assert f'<option value="{manager.pk}">Renamed since</option>' in html
    assert html.count(f'<option value="{manager.pk}"') == 1


def test_days_are_whole_and_of_london(manager_client, study):
    # In summer London is an hour ahead: 23:00 UTC is the next day there.
    moments = {"before": (2026, 6, 30, 22, 59), "first": (2026, 6, 30, 23, 0)}
    moments |= {"last": (2026, 7, 2, 22, 59, 59), "after": (2026, 7, 2, 23, 0)}
    for title, moment in moments.items():
        with at(*moment):
            event = factories.make_event(title_en=f"The {title}", study=study)
            entries.record(by=None, action="event.created", target=event)
    rows = table(manager_client, "since=2026-07-01&until=2026-07-02")
    assert [t for t in moments if f"The {t}" in rows] == ["first", "last"]
    rows = table(manager_client, "since=2026-07-02")
    assert [t for t in moments if f"The {t}" in rows] == ["last", "after"]
    rows = table(manager_client, "since=0001-01-01&until=9999-12-31")
    assert [t for t in moments if f"The {t}" in rows] == list(moments)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("action=<script>", "There is a problem"),
        ("who=1000000", "There is a problem"),
        ("kind=people.nothing", "There is a problem"),
        ("since=yesterday", "Enter a date like 2026-01-31."),
        ("until=2026-13-01", "Enter a date like 2026-01-31."),
        (
            "since=2026-02-02&until=2026-02-01",
            "The last day must not be before the first.",
        ),
        (f"words={'x' * 201}", "There is a problem"),
    ],
)
def test_what_cannot_be_asked(manager_client, two, query, said):
    html = page(manager_client, f"{URL}?{query}", status=422)
    assert said in html
    assert "<script>" not in html.split("<main")[1]
    assert "Open day" not in html
    assert "Nothing was found." not in html


@pytest.mark.slow
def test_turning_pages_keeps_the_filter(manager_client, study):
    for _ in range(51):
        entries.record(by=None, action="event.created", target=study)
    entries.record(by=None, action="event.held", target=study)
    html = page(manager_client, f"{URL}?page=2&action=event.created&words=")
    assert "Entries: 51" in html
    assert "Page 2 of 2" in html
    assert html.count("<td>Event created</td>") == 1
    link = html.split('rel="prev" href="')[1].split('"')[0]
    assert "action=event.created" in link
    assert "page=1" in link


@pytest.mark.slow
def test_as_many_queries_for_fifty_as_for_one(
    manager_client, manager, django_assert_num_queries
):
    study = factories.make_study(title_en="Flood plains")
    entries.record(by=manager, action="event.created", target=study)
    # The session, the user, who has done something, how many, and a page of them.
    with django_assert_num_queries(5):
        page(manager_client)
    for _ in range(60):
        entries.record(by=factories.make_user(), action="event.held", target=study)
    with django_assert_num_queries(5):
        html = page(
            manager_client, f"{URL}?words=flood&since=2020-01-01&kind=studies.study"
        )
    assert "Entries: 61" in html


def test_a_name_is_text_and_a_person_is_a_number(manager_client):
    study = factories.make_study(title_en=SCRIPT)
    entries.record(by=None, action="event.created", target=study)
    person = factories.make_person(name="Siân")
    entries.record(by=None, action="person.created", target=person)
    html = page(manager_client)
    assert SCRIPT not in html
    assert "Siân" not in html
    assert f"Person: #{person.pk}" in html


def test_an_entry_outlives_its_target(manager_client):
    study = factories.make_study(title_en="Gone soon")
    entries.record(by=None, action="study.removed", target=study)
    study.delete()
    assert "Gone soon" in page(manager_client)


@pytest.mark.slow
def test_welsh(manager_client, two):
    rows = table(manager_client, url="/cy/audit/")
    assert "Cyhoeddwyd digwyddiad" in rows
    assert "Digwyddiad: Open day" in rows
    assert "<dt>Ffeil</dt>" in rows
    form = page(manager_client, "/cy/audit/").split("<form class")[1]
    with translation.override("en"):
        labels = [str(label) for label in registry.actions().values()]
    assert not [label for label in labels if f">{label}<" in form]
