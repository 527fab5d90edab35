"""Paused, sent on, and taken back while nobody has it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.core.states import MoveNotAllowed
from engagement.mail.models import Message
from newsletters.models import Delivery
from newsletters.services import (
    approvals,
    deliveries,
    ledger,
    pausing,
    scheduling,
    sending,
    stopping,
)
from newsletters.services.ledger import Move
from tests import factories
from tests.support import ledger_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(manager):
    newsletter = factories.make_newsletter()
    for _ in range(4):
        factories.make_subscription(newsletter=newsletter)
    draft = factories.make_issue(newsletter=newsletter, articles=1)
    approvals.approve(by=factories.make_user(Role.MANAGER), issue=draft)
    return scheduling.send_now(by=manager, issue=draft)


def path(issue, *parts):
    return f"/en/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def states(issue):
    return sorted(issue.deliveries.values_list("state", flat=True))


class TestPause:
    def test_nothing_more_is_claimed(self, issue, manager, smtp):
        pausing.pause(by=manager, issue=issue)
        assert deliveries.send(issue.pk) == 0
        deliveries.sweep()
        assert smtp.messages == []
        assert states(issue) == ["pending"] * 4

    def test_a_worker_with_a_lease_sends_nothing_more(self, issue, manager, smtp):
        claimed = ledger.claim(issue.pk, 10)
        pausing.pause(by=manager, issue=issue)
        ledger_work.send_claimed(issue, claimed)
        assert smtp.messages == []
        assert states(issue) == ["pending"] * 4

    def test_what_is_being_handed_over_comes_to_its_end(self, issue, manager, smtp):
        claimed = ledger.claim(issue.pk, 1)
        left = ledger.write([], claimed[:1])
        pausing.pause(by=manager, issue=issue)
        ledger.write([Move(left[0], "accepted", "250 OK", 0)])
        assert states(issue) == ["accepted"] + ["pending"] * 3

    def test_a_worker_that_died_while_it_was_paused_is_unknown(
        self, issue, manager, smtp
    ):
        claimed = ledger.claim(issue.pk, 1)
        ledger.write([], claimed[:1])
        pausing.pause(by=manager, issue=issue)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            deliveries.sweep()
        assert states(issue) == ["pending"] * 3 + ["unknown"]
        issue.refresh_from_db()
        assert issue.state == "paused"

    def test_the_rest_goes_after_it_and_the_sum_closes(self, issue, manager, smtp):
        ledger_work.send_claimed(issue, ledger.claim(issue.pk, 2))
        pausing.pause(by=manager, issue=issue)
        deliveries.send(issue.pk)
        assert len(smtp.messages) == 2
        stopping.resume(by=manager, issue=issue)
        deliveries.send(issue.pk)
        got = [mail["To"] for mail in smtp.messages]
        assert len(got) == len(set(got)) == 4
        issue.refresh_from_db()
        assert issue.state == "finished"
        assert deliveries.balance(issue).closes

    def test_paused_it_does_not_finish_by_itself(self, issue, manager, smtp):
        ledger_work.send_claimed(issue, ledger.claim(issue.pk, 10))
        pausing.pause(by=manager, issue=issue)
        deliveries.sweep()
        issue.refresh_from_db()
        assert issue.state == "paused"
        stopping.resume(by=manager, issue=issue)
        deliveries.send(issue.pk)
        issue.refresh_from_db()
        assert issue.state == "finished"

    def test_words_that_changed_meanwhile_have_to_be_approved(self, issue, manager):
        pausing.pause(by=manager, issue=issue)
        article = issue.places.get().article
        article.summary_en = "Something else."
        article.save()
        with pytest.raises(scheduling.NotApproved):
            stopping.resume(by=manager, issue=issue)
        approvals.approve(by=factories.make_user(Role.MANAGER), issue=issue)
        stopping.resume(by=manager, issue=issue)
        issue.refresh_from_db()
        assert issue.state == "sending"

    def test_words_that_change_while_it_is_sent_pause_it(self, issue, manager, smtp):
        ledger_work.send_claimed(issue, ledger.claim(issue.pk, 1))
        article = issue.places.get().article
        article.summary_en = "Nobody approved this."
        article.save()
        deliveries.send(issue.pk)
        assert len(smtp.messages) == 1
        issue.refresh_from_db()
        assert issue.state == "paused"
        assert states(issue) == ["accepted"] + ["pending"] * 3
        told = Message.objects.filter(kind="issue_paused")
        assert manager.email in told.values_list("to", flat=True)
        approvals.approve(by=factories.make_user(Role.MANAGER), issue=issue)
        stopping.resume(by=manager, issue=issue)
        deliveries.send(issue.pk)
        assert len(smtp.messages) == 4

    def test_only_what_is_on_its_way(self, manager):
        draft = factories.make_issue()
        for verb in (pausing.pause, stopping.resume, stopping.take_back):
            with pytest.raises(MoveNotAllowed):
                verb(by=manager, issue=draft)

    def test_twice(self, issue, manager):
        pausing.pause(by=manager, issue=issue)
        with pytest.raises(MoveNotAllowed):
            pausing.pause(by=manager, issue=issue)
        stopping.resume(by=manager, issue=issue)
        with pytest.raises(MoveNotAllowed):
            stopping.resume(by=manager, issue=issue)


class TestTakingBack:
    def test_a_draft_again_and_nobody_has_it(self, issue, manager, smtp):
        claimed = ledger.claim(issue.pk, 2)
        stopping.take_back(by=manager, issue=issue)
        ledger_work.send_claimed(issue, claimed)
        issue.refresh_from_db()
        assert (issue.state, issue.recipients, issue.frozen_at) == ("draft", 0, None)
        assert not Delivery.objects.exists()
        assert smtp.messages == []

    def test_it_can_be_sent_again(self, issue, manager, smtp):
        pausing.pause(by=manager, issue=issue)
        stopping.take_back(by=manager, issue=issue)
        scheduling.send_now(by=manager, issue=issue)
        deliveries.send(issue.pk)
        assert len(smtp.messages) == 4

    @pytest.mark.parametrize("paused", [True, False])
    def test_not_once_one_has_left(self, issue, manager, smtp, paused):
        ledger_work.send_claimed(issue, ledger.claim(issue.pk, 1))
        if paused:
            pausing.pause(by=manager, issue=issue)
        assert not stopping.can_take_back(issue)
        with pytest.raises(stopping.OnItsWay):
            stopping.take_back(by=manager, issue=issue)
        assert Delivery.objects.count() == 4

    def test_not_even_where_it_is_not_known_whether_it_left(self, issue, manager):
        claimed = ledger.claim(issue.pk, 1)
        left = ledger.write([], claimed[:1])
        ledger.write([Move(left[0], "deferred", "451 Later", 0)])
        with pytest.raises(stopping.OnItsWay):
            stopping.take_back(by=manager, issue=issue)

    def test_without_a_server_it_can_be(self, issue, manager, settings):
        settings.SMTP_URL = "smtp://127.0.0.1:1"
        deliveries.send(issue.pk)
        assert states(issue) == ["pending"] * 4
        stopping.take_back(by=manager, issue=issue)
        assert not Delivery.objects.exists()


class TestPages:
    def test_paused_and_sent_on_by_buttons(self, manager_client, issue, smtp):
        page = manager_client.get(path(issue, "progress")).content.decode()
        assert path(issue, "pause") in page
        assert path(issue, "take-back") in page
        page = manager_client.post(path(issue, "pause"), follow=True).content.decode()
        assert "Paused" in page
        assert "hx-trigger" not in page
        assert path(issue, "resume") in page
        page = manager_client.post(path(issue, "resume"), follow=True)
        assert path(issue, "pause") in page.content.decode()

    def test_taken_back_by_a_button(self, manager_client, issue):
        answer = manager_client.post(path(issue, "take-back"))
        assert answer.url == path(issue, "send")
        assert not Delivery.objects.exists()

    def test_no_button_that_would_be_refused(self, manager_client, issue, smtp):
        ledger_work.send_claimed(issue, ledger.claim(issue.pk, 1))
        page = manager_client.get(path(issue, "progress")).content.decode()
        assert path(issue, "take-back") not in page
        page = manager_client.post(path(issue, "take-back"), follow=True)
        assert "can no longer be called back" in page.content.decode()

    @pytest.mark.parametrize("verb", ["pause", "resume", "take-back"])
    def test_following_a_link_changes_nothing(self, manager_client, issue, verb):
        assert manager_client.get(path(issue, verb)).status_code == 405

    def test_costs_few_queries(
        self, manager_client, issue, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(8):
            manager_client.get(path(issue, "progress"))


def test_start_itself_asks_for_no_approval(manager):
    """Whoever acts does, through scheduling; the moves are sending's."""
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    assert sending.start(by=manager, issue=issue).state == "sending"
