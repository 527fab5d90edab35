"""What is scheduled gets another time in one step, and stays approved."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.core.states import MoveNotAllowed
from newsletters.models import Issue
from newsletters.services import approvals, moments, scheduling
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
# After summer time has ended: the clocks of Wales show what UTC says.
LATER = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def issue(manager):
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    draft = factories.make_issue(newsletter=newsletter, articles=1)
    approvals.approve(by=factories.make_user(Role.MANAGER), issue=draft)
    at = timezone.now() + timedelta(hours=3)
    return scheduling.schedule(by=manager, issue=draft, at=at)


def path(issue, page="reschedule"):
    return f"/en/newsletters/issues/{issue.pk}/{page}/"


def choose(client, issue, day="2026-11-24", time="09:30"):
    return client.post(path(issue), {"day": day, "time": time})


def test_it_goes_at_the_new_time_and_not_at_the_old(manager_client, issue, october):
    assert choose(manager_client, issue).url == path(issue, "send")
    issue.refresh_from_db()
    assert (issue.state, issue.scheduled_at) == ("scheduled", LATER)
    entry = Entry.objects.get(action="issue.rescheduled")
    assert entry.detail == {"at": "2026-11-24 09:30+00:00"}
    october.shift(timedelta(hours=4))
    assert scheduling.start_due() == 0
    october.move_to(LATER)
    assert scheduling.start_due() == 1


def test_the_form_begins_with_the_time_on_the_clocks_of_wales(manager_client, issue):
    page = manager_client.get(path(issue, "send")).content.decode()
    assert f'href="{path(issue)}"' in page
    page = manager_client.get(path(issue)).content.decode()
    assert 'value="2026-10-20"' in page
    assert 'value="16:00"' in page
    assert "Tuesday 20 October 2026, 16:00" in page


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("2026-10-19", "09:30", "still to come"),
        ("2026-10-25", "01:30", "happens twice"),
        ("", "", "Choose a day."),
    ],
)
def test_a_bad_time_leaves_the_old_one(manager_client, issue, day, time, words):
    page = choose(manager_client, issue, day, time)
    assert page.status_code == 422
    assert words in page.content.decode()
    before = issue.scheduled_at
    issue.refresh_from_db()
    assert issue.scheduled_at == before


def test_the_service_refuses_the_past_and_what_does_not_wait(manager, issue):
    with pytest.raises(moments.NotAhead):
        scheduling.reschedule(by=manager, issue=issue, at=NOW)
    for state in ("draft", "sending", "finished"):
        Issue.objects.update(state=state)
        with pytest.raises(MoveNotAllowed):
            scheduling.reschedule(by=manager, issue=issue, at=LATER)


def test_what_does_not_wait_has_no_such_page(manager_client, manager, issue):
    scheduling.unschedule(by=manager, issue=issue)
    for answer in (manager_client.get(path(issue)), choose(manager_client, issue)):
        assert answer.url == path(issue, "send")
    issue.refresh_from_db()
    assert (issue.state, issue.scheduled_at) == ("draft", None)


def test_the_approval_holds_and_whoever_did_it_has_written_nothing(issue):
    third = factories.make_user(Role.MANAGER)
    scheduling.reschedule(by=third, issue=issue, at=LATER)
    assert approvals.current(issue) is not None
    assert third in approvals.candidates(issue)


def test_changed_words_are_still_caught_by_the_clock(manager, issue, october):
    article = issue.places.get().article
    article.title_en = "Changed"
    article.save()
    scheduling.reschedule(by=manager, issue=issue, at=LATER)
    october.move_to(LATER)
    assert scheduling.start_due() == 0
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, issue, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        manager_client.get(path(issue))
