"""Sweeps, workers and people at the same moment, each on a connection of its own."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from newsletters.models import Delivery, Issue
from newsletters.services import (
    approvals,
    articles,
    deliveries,
    ledger,
    pausing,
    saving,
    scheduling,
    stopping,
)
from tests import factories
from tests.support.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="the test database of SQLite is in memory, for one connection",
    ),
]
ROUNDS = 8


def make_issue(people=6):
    newsletter = factories.make_newsletter()
    for _ in range(people):
        factories.make_subscription(newsletter=newsletter)
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    approvals.approve(by=factories.make_user(Role.MANAGER), issue=issue)
    return issue


def make_due(issue):
    at = timezone.now() - timedelta(minutes=1)
    Issue.objects.filter(pk=issue.pk).update(state="scheduled", scheduled_at=at)


def test_two_sweeps_at_once_start_it_once(manager):
    for _ in range(ROUNDS):
        issue = make_issue()
        make_due(issue)
        assert together(*[scheduling.start_due] * 3) == [None] * 3
        assert issue.deliveries.count() == 6
        sent = Entry.objects.filter(action="issue.sent", target_id=issue.pk)
        assert sent.count() == 1


def test_a_sweep_and_somebody_who_cancels(manager):
    """One of the two comes first, and the issue is wholly the one or the other."""
    for _ in range(ROUNDS):
        issue = make_issue()
        make_due(issue)
        together(
            scheduling.start_due,
            lambda: scheduling.unschedule(by=manager, issue=issue),  # noqa: B023
        )
        issue.refresh_from_db()
        assert (issue.state, issue.deliveries.count()) in {("draft", 0), ("sending", 6)}


def test_a_sweep_and_somebody_who_changes_the_time(manager):
    """It starts now or waits for the new time: never both, and never neither."""
    for _ in range(ROUNDS):
        issue = make_issue()
        make_due(issue)
        at = timezone.now() + timedelta(days=1)
        refused = together(
            scheduling.start_due,
            lambda: scheduling.reschedule(by=manager, issue=issue, at=at),  # noqa: B023
        )[1]
        issue.refresh_from_db()
        waits = (issue.state, issue.deliveries.count()) == ("scheduled", 0)
        assert waits if refused is None else issue.deliveries.count() == 6
        assert (issue.scheduled_at == at) is waits


def test_taken_back_while_workers_send(manager, smtp):
    """Either nobody got it and it is a draft, or it could not be taken back and
    everybody gets it once."""
    kinds = set()
    for _ in range(ROUNDS):
        issue = scheduling.send_now(by=manager, issue=make_issue())
        addresses = set(issue.deliveries.values_list("address", flat=True))
        refused = together(
            lambda: deliveries.send(issue.pk),  # noqa: B023
            lambda: deliveries.send(issue.pk),  # noqa: B023
            lambda: stopping.take_back(by=manager, issue=issue),  # noqa: B023
        )[2]
        got = sorted(m["To"] for m in smtp.messages if m["To"] in addresses)
        issue.refresh_from_db()
        kinds.add(issue.state)
        if refused is None:
            assert (issue.state, got) == ("draft", [])
            assert not issue.deliveries.exists()
        else:
            deliveries.send(issue.pk)
            got = sorted(m["To"] for m in smtp.messages if m["To"] in addresses)
            assert got == sorted(addresses)
            assert set(issue.deliveries.values_list("state", flat=True)) == {"accepted"}
    assert kinds <= {"draft", "sending", "finished"}


def test_a_worker_with_a_lease_finds_that_it_was_taken_back(manager, smtp):
    """The worker asks to hand over while the other has the rows and has not ended."""
    issue = scheduling.send_now(by=manager, issue=make_issue())
    claimed = ledger.claim(issue.pk, 10)
    holding, sent = threading.Event(), []

    def take_back():
        from django.db import transaction

        with transaction.atomic():
            stopping.take_back(by=manager, issue=issue)
            holding.set()
            # The worker waits for the row meanwhile.
            threading.Event().wait(0.3)

    def work():
        holding.wait(10)
        sent.append(ledger.write([], claimed[:1]))

    assert together(take_back, work) == [None, None]
    assert sent == [[]]
    assert not Delivery.objects.exists()


def test_paused_while_workers_claim_and_send(manager, smtp):
    """After the pause has ended no new message leaves; the rest goes once after it."""
    for _ in range(ROUNDS):
        issue = scheduling.send_now(by=manager, issue=make_issue(12))
        addresses = set(issue.deliveries.values_list("address", flat=True))
        together(
            lambda: deliveries.send(issue.pk),  # noqa: B023
            lambda: deliveries.send(issue.pk),  # noqa: B023
            lambda: pausing.pause(by=manager, issue=issue),  # noqa: B023
        )
        issue.refresh_from_db()
        if issue.state == "paused":
            left = set(issue.deliveries.values_list("state", flat=True))
            assert left <= {"pending", "accepted"}
            assert deliveries.send(issue.pk) == 0
            stopping.resume(by=manager, issue=issue)
        deliveries.send(issue.pk)
        got = sorted(m["To"] for m in smtp.messages if m["To"] in addresses)
        assert got == sorted(addresses)
        issue.refresh_from_db()
        assert issue.state == "finished"


def test_an_article_edited_while_its_issue_starts(manager):
    """Wholly before, and then it does not go; or wholly after."""
    for _ in range(ROUNDS):
        issue = make_issue()
        make_due(issue)
        article = issue.places.get().article
        seen = saving.version(article)
        together(
            scheduling.start_due,
            lambda: articles.update(
                by=manager,
                article=article,  # noqa: B023
                fields={"title_en": "Other words"},
                seen=seen,  # noqa: B023
            ),
        )
        issue.refresh_from_db()
        assert issue.state in {"draft", "sending"}
        entries = Entry.objects.order_by("pk").values_list("action", flat=True)
        mine = [a for a in entries if a in {"article.updated", "issue.sent"}]
        if issue.state == "sending":
            assert mine[-2:] == ["issue.sent", "article.updated"]
