"""Leaving: by the page, and by RFC 8058's one click."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from engagement.core import tokens
from engagement.people.models import Consent
from newsletters.models import Delivery, Subscription
from newsletters.services import sending
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(db):
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    sending.start(
        by=None, issue=factories.make_issue(newsletter=newsletter, articles=1)
    )
    return tokens.make("unsubscribe", Delivery.objects.get().token)


def subscribed():
    return Subscription.objects.in_force().exists()


def test_the_page_asks_first(client, token):
    page = client.get(f"/en/newsletters/unsubscribe/{token}/")
    assert page.status_code == 200
    assert subscribed()


def test_leaving_and_coming_back(client, token):
    address = f"/en/newsletters/unsubscribe/{token}/"
    assert "You have left the newsletter" in client.post(address).content.decode()
    assert not subscribed()
    assert Consent.objects.latest("pk").action == "withdrawn"
    assert client.post(address, {"back": "1"}).status_code == 200
    assert subscribed()
    assert Consent.objects.latest("pk").action == "given"


def test_leaving_twice_is_as_good_as_once(client, token):
    for _ in range(2):
        assert client.post(f"/en/newsletters/unsubscribe/{token}/").status_code == 200
    assert Consent.objects.filter(action="withdrawn").count() == 1


def test_one_click_needs_no_cookie_no_login_and_does_not_redirect(token):
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = strict.post(
            f"/unsubscribe/{token}/",
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 200
    assert not subscribed()


def test_a_scanner_that_follows_the_link_changes_nothing(client, token):
    for ask in (client.get, client.head):
        answer = ask(f"/unsubscribe/{token}/", follow=True)
        assert answer.status_code == 200
    assert subscribed()


def test_the_link_lasts_three_years_and_no_longer(client, token):
    for days, status in ((3 * 365 - 1, 200), (3 * 365 + 1, 404)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            answer = client.get(f"/en/newsletters/unsubscribe/{token}/")
            assert answer.status_code == status


@pytest.mark.parametrize(
    "path", ["/en/newsletters/unsubscribe/{}/", "/unsubscribe/{}/"]
)
def test_another_s_or_a_made_up_token_does_nothing(client, token, path):
    other_scope = tokens.make("registration", Delivery.objects.get().token)
    unknown = tokens.make("unsubscribe", "nobody")
    for bad in (token[:-1] + "x", other_scope, unknown, "x"):
        assert client.post(path.format(bad)).status_code == 404
    assert subscribed()
