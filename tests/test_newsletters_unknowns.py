"""Deliveries whose fate is not known: listed by name, settled, sent again."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.core.states import MoveNotAllowed
from engagement.people.services import erasure
from newsletters import tasks
from newsletters.models import Delivery, Issue
from newsletters.services import (
    approvals,
    deliveries,
    scheduling,
    subscriptions,
    unknowns,
)
from tests import factories
from tests.support import smtp as smtp_server
from tests.support import writes

pytestmark = pytest.mark.django_db


class Drops(smtp_server.Catcher):
    """Takes a message and hangs up before it has said so."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return "250 OK"


def unsigned(mail):
    """Without the second in which its links were signed, the signatures, and the words
    made by chance that tell one copy from another."""
    joined = mail.raw.replace(b"=\r\n", b"")
    return re.sub(rb":\w{6}:[\w-]{43}", b"", re.sub(rb"\?d=3D[\w-]+", b"", joined))


@pytest.fixture
def issue(manager, settings):
    """Finished: three people, and of each it is not known whether they have it."""
    newsletter = factories.make_newsletter()
    for name in ("Ann Ŵyn", "Bryn", "Cai"):
        email = f"{name.split()[0].lower()}@example.org"
        person = factories.make_person(name=name, email=email)
        factories.make_subscription(newsletter=newsletter, person=person)
    draft = factories.make_issue(newsletter=newsletter, articles=1)
    approvals.approve(by=factories.make_user(Role.MANAGER), issue=draft)
    issue = scheduling.send_now(by=manager, issue=draft)
    drops = Drops()
    controller = smtp_server.start(drops)
    settings.SMTP_URL = controller.url
    # After each it is set aside as an account that does not answer.
    for _ in range(3):
        send_all(issue)
    controller.stop()
    issue.refresh_from_db()
    issue.first = drops.messages
    assert issue.state == "finished"
    assert states(issue) == ["unknown"] * 3
    return issue


def states(issue):
    return sorted(issue.deliveries.values_list("state", flat=True))


def send_all(issue):
    deliveries.send(issue.pk)


def path(issue, *parts):
    return f"/en/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


class TestSettling:
    @pytest.mark.parametrize("state", ["accepted", "rejected"])
    def test_a_person_has_found_out(self, issue, manager, state):
        one = issue.deliveries.first()
        unknowns.settle(by=manager, delivery=one, state=state, reason="They rang.")
        one.refresh_from_db()
        assert one.state == state
        entry = Entry.objects.get(action="delivery.settled")
        assert (entry.actor_id, entry.target) == (manager.pk, f"delivery-{one.pk}")
        assert entry.detail["reason"] == "They rang."
        assert one.address not in str(vars(entry))
        assert deliveries.balance(issue).closes

    def test_only_once_and_only_what_is_unknown(self, issue, manager):
        one = issue.deliveries.first()
        say = {"by": manager, "delivery": one, "reason": "So."}
        unknowns.settle(state="accepted", **say)
        for verb in (
            lambda: unknowns.settle(state="rejected", **say),
            lambda: unknowns.send_again(**say),
        ):
            with pytest.raises(MoveNotAllowed):
                verb()
        one.refresh_from_db()
        assert one.state == "accepted"
        assert Entry.objects.filter(target_kind="newsletters.delivery").count() == 1

    @pytest.mark.parametrize("state", ["pending", "suppressed", "x"])
    def test_nothing_else_can_be_said_of_it(self, issue, manager, state):
        one = issue.deliveries.first()
        with pytest.raises(MoveNotAllowed):
            unknowns.settle(by=manager, delivery=one, state=state, reason="So.")
        assert states(issue) == ["unknown"] * 3


class TestSendingAgain:
    def test_it_goes_once_more_with_the_same_message_id(self, issue, manager, smtp):
        one = issue.deliveries.get(address="ann@example.org")
        unknowns.send_again(by=manager, delivery=one, reason="She has nothing.")
        issue.refresh_from_db()
        assert issue.state == "sending"
        assert not deliveries.balance(issue).closes
        send_all(issue)
        [mail] = smtp.messages
        first = next(m for m in issue.first if m["To"] == "ann@example.org")
        assert mail["Message-ID"] == first["Message-ID"]
        assert unsigned(mail) == unsigned(first)
        issue.refresh_from_db()
        assert issue.state == "finished"
        assert issue.finished_at
        assert states(issue) == ["accepted", "unknown", "unknown"]
        entry = Entry.objects.get(action="delivery.sent_again")
        assert (entry.actor_id, entry.target) == (manager.pk, one.key)

    def test_a_paused_issue_stays_paused(self, issue, manager):
        Issue.objects.filter(pk=issue.pk).update(state="paused")
        one = issue.deliveries.first()
        unknowns.send_again(by=manager, delivery=one, reason="So.")
        issue.refresh_from_db()
        assert issue.state == "paused"
        assert states(issue) == ["pending", "unknown", "unknown"]

    def test_words_that_have_changed_do_not_go(self, issue, manager):
        article = issue.places.get().article
        article.summary_en = "Nobody approved this."
        article.save()
        with pytest.raises(unknowns.CannotGo, match="words have changed"):
            unknowns.send_again(
                by=manager, delivery=issue.deliveries.first(), reason="So."
            )
        assert states(issue) == ["unknown"] * 3

    @pytest.mark.parametrize("how", ["left", "erased"])
    def test_who_does_not_want_it_is_not_sent_it(self, issue, manager, how):
        one = issue.deliveries.get(address="ann@example.org")
        if how == "left":
            subscriptions.leave(newsletter=issue.newsletter, person=one.person)
        else:
            erasure.erase(by=None, person=one.person)
        one.refresh_from_db()
        with pytest.raises(unknowns.CannotGo, match="any longer"):
            unknowns.send_again(by=manager, delivery=one, reason="So.")
        issue.refresh_from_db()
        assert issue.state == "finished"

    def test_it_cannot_be_taken_back_any_more(self, issue, manager, manager_client):
        one = issue.deliveries.first()
        unknowns.send_again(by=manager, delivery=one, reason="So.")
        page = manager_client.post(path(issue, "take-back"), follow=True)
        assert "can no longer be called back" in page.content.decode()

    def test_a_finished_issue_is_not_sent_whole_again(self, issue, manager):
        with pytest.raises(MoveNotAllowed):
            scheduling.send_now(by=manager, issue=issue)
        assert issue.deliveries.count() == 3


class TestOpened:
    """A personal link that somebody uses proves that the mail arrived."""

    @pytest.fixture
    def told(self, monkeypatch, issue):
        """What would reach a worker through the broker, which is no code of ours."""
        sent = []
        monkeypatch.setattr(
            "celery.app.base.Celery.send_task",
            lambda self, name, kwargs, **_: sent.append((name, kwargs)),
        )
        return sent

    @pytest.mark.parametrize("page", ["unsubscribe", "preferences"])
    def test_the_page_changes_nothing_and_tells_a_worker(
        self, client, issue, told, page
    ):
        one = issue.deliveries.first()
        token = tokens.make("unsubscribe", one.token)
        with writes.undone() as changed:
            answer = client.get(f"/en/newsletters/{page}/{token}/")
        assert answer.status_code == 200
        assert changed == []
        assert told == [("newsletters.settle_opened", {"delivery_id": one.pk})]
        tasks.settle_opened(**told[0][1])
        one.refresh_from_db()
        assert (one.state, one.reply) == ("accepted", unknowns.OPENED)
        entry = Entry.objects.get(action="delivery.settled")
        assert entry.actor_id is None
        client.get(f"/en/newsletters/{page}/{token}/")
        assert len(told) == 1, "what is known needs no worker"

    def test_one_click_proves_it_too(self, client, issue, told):
        one = issue.deliveries.first()
        token = tokens.make("unsubscribe", one.token)
        assert client.post(f"/unsubscribe/{token}/").status_code == 200
        assert ("newsletters.settle_opened", {"delivery_id": one.pk}) in told

    def test_twice_is_as_once(self, issue):
        one = issue.deliveries.first()
        assert unknowns.settle_opened(delivery_id=one.pk)
        assert not unknowns.settle_opened(delivery_id=one.pk)
        assert not unknowns.settle_opened(delivery_id=0)
        assert Entry.objects.filter(action="delivery.settled").count() == 1

    @pytest.mark.parametrize("state", ["pending", "handed_over", "rejected"])
    def test_nothing_but_an_unknown_is_settled(self, issue, state):
        one = issue.deliveries.first()
        Delivery.objects.filter(pk=one.pk).update(state=state)
        assert not unknowns.settle_opened(delivery_id=one.pk)
        one.refresh_from_db()
        assert one.state == state


class TestEvidence:
    def test_all_that_is_known_in_its_order(self, issue, manager, smtp):
        one = issue.deliveries.first()
        unknowns.send_again(by=manager, delivery=one, reason="Nothing came.")
        Delivery.objects.filter(pk=one.pk).update(
            state="unknown",
            account="main",
            reply="Lost again.",
            handed_over_at=timezone.now(),
            settled_at=timezone.now(),
        )
        factories.make_inbound(key=one.key, kind="soft", reason="Mailbox full")
        one.refresh_from_db()
        [(_row, facts)] = unknowns.evidence([one])
        assert [(fact.text, fact.detail) for fact in facts] == [
            ("Delivery that was not known sent again", f"{manager}: Nothing came."),
            ("Handed over", "by main"),
            ("Last words", "Lost again."),
            ("Not delivered this time", "Mailbox full"),
        ]


class TestPages:
    def test_everybody_by_name(self, manager_client, issue):
        gone = issue.deliveries.get(address="cai@example.org")
        erasure.erase(by=None, person=gone.person)
        page = manager_client.get(path(issue, "unknowns")).content.decode()
        assert "Not known: 3" in page
        for words in ("Ann Ŵyn", "ann@example.org", "Bryn", "Erased person"):
            assert words in page
        assert "cai@example.org" not in page
        assert "SMTPServerDisconnected" in page

    def test_found_by_name_or_address(self, manager_client, issue):
        for words in ("ann ŵyn", "bryn@"):
            answer = manager_client.get(path(issue, "unknowns"), {"words": words})
            page = answer.content.decode()
            assert ("Ann" in page, "Bryn" in page) == ("ŵ" in words, "@" in words)
        page = manager_client.get(path(issue, "unknowns"), {"words": "zz"})
        assert "Nobody was found." in page.content.decode()

    def test_none_is_left(self, manager_client, issue):
        Delivery.objects.update(state="accepted")
        page = manager_client.get(path(issue, "unknowns")).content.decode()
        assert "What became of each delivery is known." in page

    def test_settling_one(self, manager_client, issue):
        one = issue.deliveries.first()
        address = path(issue, "unknowns", one.pk, "settle")
        assert manager_client.get(address).status_code == 200
        assert manager_client.post(address, {}).status_code == 422
        said = {"state": "rejected", "reason": "Their server says so."}
        page = manager_client.post(address, said, follow=True).content.decode()
        assert "Settled." in page
        assert "Not known: 2" in page
        again = manager_client.post(address, said)
        assert again.status_code == 422
        assert "changed in the meantime" in again.content.decode()

    def test_sending_one_again_says_what_may_come_of_it(self, manager_client, issue):
        one = issue.deliveries.first()
        address = path(issue, "unknowns", one.pk, "send-again")
        page = manager_client.get(address).content.decode()
        assert "It may arrive twice." in page
        assert "same Message-ID" in page
        assert states(issue) == ["unknown"] * 3
        assert manager_client.post(address, {}).status_code == 422
        page = manager_client.post(address, {"reason": "So."}, follow=True)
        assert "waits to be sent again" in page.content.decode()
        assert states(issue) == ["pending", "unknown", "unknown"]

    def test_of_another_issue_is_not_found(self, manager_client, issue):
        one = issue.deliveries.first()
        other = factories.make_issue()
        address = path(other, "unknowns", one.pk, "settle")
        assert manager_client.get(address).status_code == 404

    def test_the_progress_page_shows_the_sum(self, manager_client, issue, manager):
        page = manager_client.get(path(issue, "progress")).content.decode()
        assert "Recipients: 3" in page
        assert "Accepted: 0 +" in page
        assert "Not known: 3 +" in page
        assert "Still on their way: 0" in page
        assert "The sum closes" in page
        assert path(issue, "unknowns") in page
        unknowns.send_again(by=manager, delivery=issue.deliveries.first(), reason="So.")
        page = manager_client.get(path(issue, "progress")).content.decode()
        assert "Still on their way: 1" in page
        assert "does not close yet" in page
        issue.deliveries.first().delete()
        page = manager_client.get(path(issue, "progress")).content.decode()
        assert "The sum is wrong." in page

    def test_costs_few_queries(
        self, manager_client, issue, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(8):
            manager_client.get(path(issue, "unknowns"))


class TestCommand:
    def run(self, *arguments):
        out = StringIO()
        try:
            call_command("deliveries", *arguments, stdout=out)
        except CommandError as error:
            return error.returncode, out.getvalue()
        return 0, out.getvalue()

    def test_the_sum_and_the_unknowns(self, issue, manager):
        code, out = self.run(issue.slug, "--json")
        told = json.loads(out)
        assert (code, told["closes"], told["recipients"]) == (0, True, 3)
        assert told["states"]["unknown"] == 3
        one = issue.deliveries.get(address="ann@example.org")
        row = next(row for row in told["unknown"] if row["key"] == one.key)
        assert row == {
            "key": f"delivery-{one.pk}",
            "person": one.person_id,
            "address": "ann@example.org",
            "handed_over_at": one.handed_over_at.isoformat(),
            "account": one.account,
            "reply": one.reply,
        }
        unknowns.send_again(by=manager, delivery=one, reason="So.")
        code, out = self.run(issue.slug)
        assert code == 1
        assert "unknown\t2\n" in out

    def test_an_issue_that_is_not_there_is_a_two(self):
        assert self.run("nowhere")[0] == 2
