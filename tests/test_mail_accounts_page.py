"""The page of sending accounts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from engagement.audit.models import Entry
from engagement.mail.models import AccountState
from engagement.mail.services import accounts, pacing
from engagement.mail.services.smtp import Reply

pytestmark = pytest.mark.django_db
URL = "/en/mail/accounts/"
TWO = (
    "main=smtp+tls://ann:hush-hush@mail.example.org:587"
    "?per_second=2.5&per_domain_second=0.5&per_day=3 "
    "spare=anymail+postmark://"
)


@pytest.fixture(autouse=True)
def two(settings):
    settings.MAIL_ACCOUNTS = TWO
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "hush-hush"}
    pacing._looked.clear()
    return accounts.configured()


def body(client, url=URL):
    return client.get(url).content.decode()


def test_each_account_with_its_limits_and_no_password(manager_client):
    page = body(manager_client)
    assert "smtp+tls://mail.example.org:587" in page
    assert "anymail+postmark://" in page
    assert page.count("Takes mail") == 2
    for limit in ("2.5", "0.5", "3"):
        assert f"<dd>{limit}</dd>" in page
    assert "Not counted without a limit" in page
    assert "hush-hush" not in page
    assert "ann" not in page.partition("<main")[2].partition("</main>")[0]


def test_today_s_count(manager_client, two):
    pacing.take(account=two[0], addresses=["a@a.example.org", "b@b.example.org"])
    assert "<dd>2</dd>" in body(manager_client)
    pacing.take(account=two[0], addresses=["c@c.example.org"])
    assert "All of today's messages used" in body(manager_client)


def test_a_count_of_yesterday_is_none_of_today(manager_client, two, time_machine):
    time_machine.move_to(timezone.now() - timedelta(days=1))
    pacing.take(account=two[0], addresses=["a@example.org"])
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert "<dd>0</dd>" in body(manager_client)


def test_domains_that_asked_for_less(manager_client, two):
    reply = Reply(450, "4.7.1 <b>Too fast</b>")
    pacing.slow_down(account=two[1], domain="slow.example.org", reply=reply)
    page = body(manager_client)
    assert "Slowed down at a server's wish: spare" in page
    assert "slow.example.org" in page
    assert "<td>60</td>" in page
    assert "450 4.7.1 &lt;b&gt;Too fast" in page


def test_one_that_fails_is_said_to_and_can_be_tried_at_once(manager_client, two):
    accounts.set_aside(account=two[0], reason="ConnectionRefusedError")
    page = body(manager_client)
    assert "Set aside until" in page
    assert "ConnectionRefusedError" in page
    assert [account.name for account in accounts.usable()] == ["spare"]

    url = reverse("website:try_account", args=["main"])
    answer = manager_client.post(url, follow=True)
    page = answer.content.decode()
    assert "The account is tried again with the next mail." in page
    assert "Set aside until" not in page
    assert [account.name for account in accounts.usable()] == ["main", "spare"]
    manager_client.post(url)
    entry = Entry.objects.get(action="account.tried_again")
    assert (entry.target, entry.target_kind) == ("main", "mail.accountstate")

    # What went before is not forgotten: five minutes now, not one.
    accounts.set_aside(account=two[0], reason="Again")
    state = AccountState.objects.get()
    assert state.failing_until - timezone.now() > timedelta(minutes=4)
    assert state.failing_since < timezone.now()


def test_an_account_that_never_failed_cannot_be_tried_again(manager_client):
    url = reverse("website:try_account", args=["spare"])
    assert manager_client.post(url).status_code == 404
    assert not Entry.objects.exists()


def test_wrong_settings_are_said(manager_client, settings):
    settings.MAIL_ACCOUNTS = "main=smtp://ann:hush-hush@host?per_day=no"
    page = body(manager_client)
    assert "MAIL_ACCOUNTS is wrong: main: per_day" in page
    assert "hush-hush" not in page
    settings.MAIL_ACCOUNTS = "spare=anymail+mailgun://"
    assert "MAILGUN_API_KEY" in body(manager_client)


def test_it_asks_no_more_for_more_slow_domains(
    manager_client, two, django_assert_max_num_queries
):
    for number in range(5):
        pacing.slow_down(
            account=two[0], domain=f"d{number}.example.org", reply=Reply(450, "4.7.1")
        )
    with django_assert_max_num_queries(7):
        manager_client.get(URL)


def test_it_is_in_welsh_too(manager_client, two):
    accounts.set_aside(account=two[0], reason="")
    with translation.override("cy"):
        page = body(manager_client, reverse("mail:accounts"))
    assert "Set aside" not in page
    assert "Sending accounts" not in page
