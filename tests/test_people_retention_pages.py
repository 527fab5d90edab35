"""The page of what goes next, holding and releasing, and the command for the night."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import AttendanceReport, Needs
from engagement.evidence.models import Submission
from engagement.people import keeping, tasks
from engagement.people.models import Due, Merge, PeopleImport, Person
from engagement.people.retention import IDLE
from engagement.people.services import retention
from engagement.studies.models import Enquiry
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/retention/"
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def clock():
    """Before anybody signs in: a session ends by the clock."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def due(db):
    person = factories.make_person(name="Ann <b>")
    Person.objects.filter(pk=person.pk).update(created_at=START - IDLE - WEEK)
    retention.list_due(by=None)
    return Due.objects.get()


def text(answer):
    return answer.content.decode()


def test_rules_are_there_with_their_reasons(manager_client):
    for url, said in (
        (URL, "Nothing is over."),
        (URL.replace("en", "cy", 1), "Y rheolau"),
    ):
        page = text(manager_client.get(url))
        assert said in page
        for rule in keeping.rules():
            assert f": {rule.keep.days}" in page


def test_whom_and_when(manager_client, due):
    page = text(manager_client.get(URL))
    assert "Ann &lt;b&gt;" in page
    assert f"/en/people/{due.target_id}/" in page
    assert "12 January 2026" in page
    assert URL in text(manager_client.get("/en/people/"))


def test_hold_and_release(manager_client, due, manager):
    url = f"{URL}{due.pk}/hold/"
    assert "Ann &lt;b&gt;" in text(manager_client.get(url))
    answer = manager_client.post(url, {"reason": "A complaint is open."})
    assert answer.url == URL
    page = text(manager_client.get(URL))
    assert "A complaint is open." in page
    assert manager.name in page
    assert f"{URL}{due.pk}/hold/" not in page
    answer = manager_client.post(f"{URL}{due.pk}/release/", follow=True)
    assert "Its week of notice begins anew." in text(answer)
    due.refresh_from_db()
    assert (due.held_at, due.held_by, due.held_reason) == (None, None, "")


@pytest.mark.parametrize("reason", ["", " ", "a\0b", "x" * 301])
def test_a_hold_needs_a_reason(manager_client, due, reason):
    answer = manager_client.post(f"{URL}{due.pk}/hold/", {"reason": reason})
    assert answer.status_code == 422
    due.refresh_from_db()
    assert due.held_at is None


def test_what_is_done_can_be_neither_held_nor_released(manager_client, due, clock):
    clock.shift(WEEK)
    retention.act(by=None)
    assert manager_client.get(f"{URL}{due.pk}/hold/").status_code == 404
    answer = manager_client.post(f"{URL}{due.pk}/release/", follow=True)
    assert "This is no longer on the list." in text(answer)
    page = text(manager_client.get(URL))
    assert "Done in the last 90 days: 1" in page
    assert "Ann" not in page


def test_getting_changes_nothing(manager_client, due):
    assert manager_client.get(f"{URL}{due.pk}/release/").status_code == 405
    manager_client.get(f"{URL}{due.pk}/hold/")
    due.refresh_from_db()
    assert due.held_at is None


def test_one_that_failed_says_so(manager_client, due):
    Due.objects.update(failed_at=timezone.now())
    assert "Failed" in text(manager_client.get(URL))


def test_a_rule_that_is_no_more_is_no_crash(manager_client, due):
    Due.objects.update(rule="gone", person=None)
    page = text(manager_client.get(URL))
    assert "No longer on record" in page
    assert manager_client.get(f"{URL}{due.pk}/hold/").status_code == 200


def test_only_for_managers(client, member_client, due):
    for page in (URL, f"{URL}{due.pk}/hold/", f"{URL}{due.pk}/release/"):
        assert client.post(page).status_code == 302
        assert member_client.post(page).status_code == 403
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403


def one_of_each():
    factories.make_person()
    factories.make_subscription(confirmed=False)
    Enquiry.objects.create(
        person=factories.make_person(),
        channel="email",
        asked_on=START,
        question="?",
        answer="!",
        answered_on=START,
    )
    PeopleImport.objects.create(
        name="x", state="applied", applied_at=START, result={"shown": {}}
    )
    AttendanceReport.objects.create(event=factories.make_event(), program="zoom")
    over = factories.make_event(starts_at=START)
    Needs.objects.create(registration=factories.make_registration(event=over))
    Merge.objects.create(kind="person", kept_id=1, merged_id=0, before={"kept": {}})
    Submission.objects.create(
        page_kind="output",
        page_id=1,
        text="We used it.",
        may_publish=False,
        name="Mair",
        state="declined",
        reason="No.",
        settled_at=START,
    )
    with time_machine.travel(START):
        factories.make_unsaved()
        factories.make_reading()
        factories.make_inbound()


@pytest.mark.slow
def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    for _number in range(4):
        one_of_each()
    retention.list_due(by=None, at=START + IDLE + WEEK)
    assert {*Due.objects.values_list("rule", flat=True)} == {
        rule.key for rule in keeping.rules()
    }
    assert Due.objects.count() >= 20
    with django_assert_max_num_queries(13):
        assert manager_client.get(URL).status_code == 200


def said(*arguments):
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


class TestCommand:
    def test_lists_by_number_and_changes_nothing(self, due):
        line = f"idle\tpeople.person\t{due.target_id}\t2026-01-12\tFalse\n"
        assert said() == said("--list") == line
        (row,) = json.loads(said("--list", "--json"))
        assert row["pk"] == due.target_id
        assert Person.objects.exists()

    def test_a_night(self, due, clock):
        clock.shift(WEEK)
        told = json.loads(said("--run", "--json"))
        assert told == {"listed": 0, "done": {"idle": 1}, "dropped": 0, "failed": []}
        assert not Person.objects.exists()
        assert said("--run") == "listed\t0\ndropped\t0\n"

    def test_says_what_failed(self, due, clock, monkeypatch):
        clock.shift(WEEK)
        rule = keeping._rules["idle"]
        broken = replace(rule, act=lambda *, by, row: 1 / 0)
        monkeypatch.setitem(keeping._rules, "idle", broken)
        with pytest.raises(CommandError, match=f"#{due.pk}") as caught:
            said("--run")
        assert caught.value.returncode == 1
        assert Person.objects.exists()

    def test_the_nightly_task_does_the_same(self, due, clock):
        clock.shift(WEEK)
        tasks.retain()
        assert not Person.objects.exists()
        assert Entry.objects.get(action="retention.done").actor == ""

    @pytest.mark.slow
    def test_wrong_use_is_2(self):
        command = [sys.executable, "manage.py", "retention"]
        for wrong in (["--list", "--run"], ["--colour"]):
            done = subprocess.run(  # noqa: S603
                command + wrong, cwd=settings.BASE_DIR, capture_output=True, text=True
            )
            assert done.returncode == 2
            assert "usage:" in done.stderr
