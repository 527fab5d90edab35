"""Sending accounts: how they are written, and which can be used now."""

from datetime import timedelta

import pytest
import time_machine
from django.core.checks import run_checks
from django.utils import timezone

from engagement.mail.models import AccountState, Message
from engagement.mail.services import accounts, messages
from tests.support import smtp as smtp_server

pytestmark = pytest.mark.django_db
NOWHERE = "smtp://127.0.0.1:1"


def names():
    return [account.name for account in accounts.usable()]


def later(**by):
    return time_machine.travel(timezone.now() + timedelta(**by))


def test_without_any_it_is_the_one_server(settings):
    settings.SMTP_URL = "smtp://mail.example.org:25"
    assert accounts.configured() == [accounts.Account("main", settings.SMTP_URL)]


def test_each_with_its_limits_in_order_of_preference(settings):
    settings.MAIL_ACCOUNTS = (
        "main=smtp+tls://ann:s%40cret@mail.example.org:587?per_second=2.5&per_day=100 "
        "spare=anymail+mailgun://?per_domain_second=5"
    )
    main, spare = accounts.configured()
    assert (main.name, main.per_second, main.per_day) == ("main", 2.5, 100)
    assert main.url == "smtp+tls://ann:s%40cret@mail.example.org:587"
    assert (spare.per_domain_second, spare.per_second) == (5, None)
    assert main.shown == "smtp+tls://mail.example.org:587"
    assert "cret" not in main.shown + repr(main)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("main", "main"),
        ("=smtp://host", "?"),
        ("main=http://host", "main"),
        ("main=smtp://u:secret@host?per_second=fast", "per_second"),
        ("main=smtp://u:secret@host?per_day=0", "per_day"),
        ("main=smtp://u:secret@host?per_hour=5", "per_hour"),
        ("main=smtp://u:secret@host?per_second=0.01", "per_second"),
        ("main=smtp://u:secret@host?per_second=", "per_second"),
        ("main=smtp://u:secret#@host", "main: host and port"),
        ("main=smtp://u:x?secret@host", "main: host and port"),
        ("main=smtp://u:1/secret@host", "main: host and port"),
        ("main=smtp://u:secret@host main=smtp://other", "main: there are two"),
        ("a=smtp://host b=smtp://u:secret@host?per_day=1.5", "b: per_day"),
    ],
)
def test_what_cannot_be_read_is_named_and_no_password_with_it(settings, words, said):
    settings.MAIL_ACCOUNTS = words
    [error] = [e for e in run_checks() if e.id == "mail.E001"]
    assert said in error.msg
    assert "secret" not in error.msg


def test_an_account_that_fails_is_set_aside_for_longer_each_time(settings):
    settings.MAIL_ACCOUNTS = "main=smtp://a spare=smtp://b"
    main, _spare = accounts.configured()
    for minutes in (1, 5, 30, 30):
        accounts.set_aside(account=main, reason="No answer")
        assert names() == ["spare"]
        with later(minutes=minutes, seconds=-5):
            assert names() == ["spare"]
        with later(minutes=minutes, seconds=5):
            assert names() == ["main", "spare"]
    accounts.works(account=main)
    assert names() == ["main", "spare"]
    assert not AccountState.objects.get().failures


def test_where_all_fail_the_one_due_soonest_is_tried(settings):
    settings.MAIL_ACCOUNTS = "main=smtp://a spare=smtp://b"
    main, spare = accounts.configured()
    accounts.set_aside(account=main, reason="")
    accounts.set_aside(account=main, reason="")
    accounts.set_aside(account=spare, reason="")
    assert names() == ["spare"]


def write(**fields):
    fields = {"kind": "x", "to": "ann@example.org", "language": "en"} | fields
    return Message.objects.create(subject="s", text="t", html="h", **fields)


def test_a_mail_goes_by_the_next_account_where_the_first_does_not_answer(
    settings, smtp
):
    settings.MAIL_ACCOUNTS = f"main={NOWHERE} spare={settings.SMTP_URL}"
    message = write()
    messages.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(smtp.messages) == 1
    assert AccountState.objects.get().name == "main"
    assert "ConnectionRefused" in AccountState.objects.get().reason


def test_a_refusal_is_an_answer_and_asked_of_nobody_else(settings, smtp):
    settings.MAIL_ACCOUNTS = f"main={settings.SMTP_URL} spare={settings.SMTP_URL}"
    message = write(to="x@undeliverable.example.org")
    messages.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == "failed"
    assert not AccountState.objects.exists()


def test_what_may_have_left_is_given_to_no_other_account(settings, smtp):
    class HangsUp(smtp_server.Catcher):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            server.transport.abort()

    first = smtp_server.start(HangsUp())
    settings.MAIL_ACCOUNTS = f"main={first.url} spare={settings.SMTP_URL}"
    message = write()
    messages.deliver(message_id=message.pk)
    first.stop()
    message.refresh_from_db()
    assert message.state == "failed"
    assert message.reply.startswith(messages.NOT_KNOWN)
    assert smtp.messages == []
