"""The ledger on real SMTP conversations: what becomes of each delivery."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core.states import MoveNotAllowed
from newsletters.models import Delivery, Issue
from newsletters.services import deliveries, ledger, sending, subscriptions
from tests import factories
from tests.support import smtp as smtp_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(manager):
    """Four subscribers, one undeliverable, and an issue on its way to them."""
    newsletter = factories.make_newsletter()
    for email, language in (
        ("ann@example.org", "en"),
        ("bryn@example.org", "cy"),
        ("gone@undeliverable.example.org", "en"),
        ("dai@example.org", "en"),
    ):
        person = factories.make_person(email=email, language=language)
        factories.make_subscription(newsletter=newsletter, person=person)
    draft = factories.make_issue(newsletter=newsletter, articles=2)
    return sending.start(by=manager, issue=draft)


def states(issue):
    return dict(issue.deliveries.values_list("address", "state"))


def send_all(issue):
    deliveries.send(issue.pk)


def test_everybody_is_accounted_for(issue, smtp):
    send_all(issue)
    assert states(issue) == {
        "ann@example.org": "accepted",
        "bryn@example.org": "accepted",
        "gone@undeliverable.example.org": "rejected",
        "dai@example.org": "accepted",
    }
    got = sorted(mail.envelope_to[0] for mail in smtp.messages)
    assert got == ["ann@example.org", "bryn@example.org", "dai@example.org"]
    issue.refresh_from_db()
    assert issue.state == "finished"
    balance = deliveries.balance(issue)
    assert balance.closes
    assert (balance.recipients, balance.settled) == (4, 4)
    finished = Entry.objects.get(action="issue.finished")
    assert finished.detail["accepted"] == 3


def test_a_second_round_sends_nothing_again(issue, smtp):
    send_all(issue)
    send_all(issue)
    deliveries.sweep()
    send_all(issue)
    assert len(smtp.messages) == 3


def test_the_reader_s_language_comes_first_and_both_are_there(issue, smtp):
    send_all(issue)
    mails = {mail.envelope_to[0]: mail for mail in smtp.messages}
    ann, bryn = mails["ann@example.org"], mails["bryn@example.org"]
    assert ann["Subject"] == f"{issue.title_en} / {issue.title_cy}"
    assert bryn["Subject"] == f"{issue.title_cy} / {issue.title_en}"
    for mail in (ann, bryn):
        html = mail.get_body(("html",)).get_content()
        text = mail.get_body(("plain",)).get_content()
        for article in issue.places.all():
            for words in (article.article.title_en, article.article.title_cy):
                assert words in html
                assert words in text
        assert 'lang="cy"' in html
        assert 'lang="en"' in html


def test_the_headers_that_mail_programs_need(issue, smtp, settings):
    send_all(issue)
    mail = next(m for m in smtp.messages if m["To"] == "ann@example.org")
    delivery = issue.deliveries.get(address="ann@example.org")
    assert mail["Message-ID"] == f"<delivery-{delivery.pk}@example.org>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith(f"<{settings.SITE_URL}/unsubscribe/")
    newsletter = issue.newsletter
    assert mail["List-ID"] == f"{newsletter.title_en} <{newsletter.slug}.example.org>"
    assert mail["From"] == "The team <team@example.org>"
    assert mail["Content-Language"] == "en, cy"
    assert mail.raw.count(b"\n") == mail.raw.count(b"\r\n")


def test_each_person_has_a_link_of_their_own(issue, smtp):
    send_all(issue)
    links = {mail["List-Unsubscribe"] for mail in smtp.messages}
    assert len(links) == 3
    for mail in smtp.messages:
        token = mail["List-Unsubscribe"].strip("<>").rstrip("/").rsplit("/", 1)[1]
        assert token in mail.get_body(("html",)).get_content()
        assert token in mail.get_body(("plain",)).get_content()


def test_who_leaves_before_it_goes_is_not_sent_it(issue, smtp):
    person = issue.deliveries.get(address="dai@example.org").person
    subscriptions.leave(newsletter=issue.newsletter, person=person)
    send_all(issue)
    assert states(issue)["dai@example.org"] == "suppressed"
    assert "dai@example.org" not in {mail["To"] for mail in smtp.messages}
    issue.refresh_from_db()
    assert issue.state == "finished"


def test_without_a_server_nothing_is_lost(issue, settings, smtp):
    url, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    for hours in range(0, 48, 3):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            send_all(issue)
            assert set(states(issue).values()) == {"pending"}
    settings.SMTP_URL = url
    with time_machine.travel(timezone.now() + timedelta(hours=72)):
        send_all(issue)
    assert sorted(states(issue).values()) == ["accepted"] * 3 + ["rejected"]


def test_a_server_that_says_later_is_asked_again_and_then_believed(settings, issue):
    class Busy(smtp_server.Catcher):
        async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
            return "452 4.2.2 Mailbox full"

    controller = smtp_server.start(Busy())
    settings.SMTP_URL = controller.url
    now = timezone.now()
    for hours, state in ((0, "deferred"), (1, "deferred"), (9, "deferred")):
        with time_machine.travel(now + timedelta(hours=hours)):
            send_all(issue)
            assert set(states(issue).values()) == {state}
    for hours in (20, 40):
        with time_machine.travel(now + timedelta(hours=hours)):
            send_all(issue)
    controller.stop()
    assert set(states(issue).values()) == {"rejected"}
    assert all("452 4.2.2" in d.reply for d in issue.deliveries.all())


def test_a_connection_lost_after_the_dot_is_unknown_and_never_sent_again(
    settings, issue
):
    class Drops(smtp_server.Catcher):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            await super().handle_DATA(server, session, envelope)
            server.transport.abort()
            return "250 OK"

    drops = Drops()
    controller = smtp_server.start(drops)
    settings.SMTP_URL = controller.url
    for hours in (0, 24, 48):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            deliveries.sweep()
            send_all(issue)
    controller.stop()
    # The server has no RCPT rule but the catcher's: three were taken, one refused.
    assert sorted(states(issue).values()) == ["rejected"] + ["unknown"] * 3
    assert len(drops.messages) == 3
    issue.refresh_from_db()
    assert issue.state == "finished"


def test_a_worker_that_dies_leaves_a_lease_that_runs_out(issue, smtp):
    claimed = ledger.claim(issue.pk, 10)
    Delivery.objects.filter(pk=claimed[0].pk).update(state="handed_over")
    assert deliveries.send(issue.pk) == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        deliveries.sweep()
        found = states(issue)
        assert found.pop(claimed[0].address) == "unknown"
        assert set(found.values()) == {"pending"}
        send_all(issue)
    assert claimed[0].address not in {mail["To"] for mail in smtp.messages}
    issue.refresh_from_db()
    assert issue.state == "finished"


def test_markup_in_a_title_is_text(manager, smtp):
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    issue = factories.make_issue(
        newsletter=newsletter,
        articles=1,
        title_en="<script>alert(1)</script>",
        title_cy="<b>1</b>",
    )
    send_all(sending.start(by=manager, issue=issue))
    html = smtp.messages[0].get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


class TestWhatCannotBeSent:
    def refused(self, issue):
        with pytest.raises(sending.NotReady) as refused:
            sending.start(by=None, issue=issue)
        issue.refresh_from_db()
        assert issue.state == "draft"
        assert not Delivery.objects.exists()
        return refused.value.missing

    def test_no_articles_nobody_to_get_it(self):
        assert self.refused(factories.make_issue()) == [
            "The issue has no articles.",
            "The newsletter has no subscribers.",
        ]

    def test_a_language_is_missing(self):
        newsletter = factories.make_newsletter()
        factories.make_subscription(newsletter=newsletter)
        issue = factories.make_issue(newsletter=newsletter, articles=1, title_cy="")
        article = issue.places.get().article
        article.summary_cy = " "
        article.save()
        assert self.refused(issue) == [
            "The issue, subject, Welsh: There is no text in Welsh.",
            f"{article.title_en}, summary, Welsh: There is no text in Welsh.",
        ]

    def test_who_has_not_confirmed_is_nobody(self):
        newsletter = factories.make_newsletter()
        factories.make_subscription(newsletter=newsletter, confirmed=False)
        issue = factories.make_issue(newsletter=newsletter, articles=1)
        assert self.refused(issue) == ["The newsletter has no subscribers."]

    def test_twice(self, issue):
        with pytest.raises(MoveNotAllowed):
            sending.start(by=None, issue=Issue.objects.get(pk=issue.pk))
        assert issue.deliveries.count() == 4
