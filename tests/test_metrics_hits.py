"""Hits are kept with a class."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import RequestFactory

from engagement.metrics import reading_rules
from engagement.metrics.models import Agent, Hit
from engagement.metrics.services import hits, judging, spool, taking

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1) Gecko (via ggpht.com GoogleImageProxy)"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def read(agent=FIREFOX, *, by=None, method="get", target=1, study=7, **meta):
    request = getattr(RequestFactory(), method)("/", HTTP_USER_AGENT=agent, **meta)
    request.user = by or AnonymousUser()
    hits.record(request, target_kind="article", target_id=target, study_id=study)
    taking.take()


@pytest.fixture(autouse=True)
def fresh_rules():
    """A rule that a test adds is not remembered after it."""
    yield
    reading_rules.classify.cache_clear()


@pytest.mark.parametrize(
    ("agent", "meta", "hit_class", "rule"),
    [
        (FIREFOX, {}, "person", "none of the others"),
        ("", {}, "machine", "no user agent"),
        ("Googlebot/2.1", {}, "machine", "known robot"),
        ("python-requests/2.32", {}, "machine", "HTTP library"),
        ("gptbot/1.2", {}, "machine", "AI crawler"),
        ("GOOGLEBOT-NEWS", {}, "machine", "known robot"),
        (GMAIL, {}, "proxy", "mail proxy"),
        ("Mozilla/5.0", {}, "proxy", "mail proxy"),
        (FIREFOX, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, "suspect", "prefetch"),
        (FIREFOX, {"HTTP_PURPOSE": "prefetch"}, "suspect", "prefetch"),
        (FIREFOX, {"HTTP_X_MOZ": "prefetch"}, "suspect", "prefetch"),
        (FIREFOX, {"HTTP_SEC_FETCH_MODE": "cors"}, "suspect", "by a script"),
        (FIREFOX, {"HTTP_SEC_FETCH_DEST": "document"}, "person", "none of the others"),
    ],
)
def test_the_first_rule_that_fits_gives_the_class(agent, meta, hit_class, rule):
    read(agent, **meta)
    hit = Hit.objects.get()
    assert (hit.hit_class, hit.rule) == (hit_class, rule)
    assert hit.rules_version == reading_rules.VERSION


def test_whoever_is_signed_in_is_suspect(manager):
    read(by=manager)
    assert Hit.objects.get().rule == "signed in"


@pytest.mark.parametrize("method", ["head", "post", "options"])
def test_only_get_is_reading(method):
    read(method=method)
    assert not Hit.objects.exists()


def test_what_cannot_be_stored_is_left_out_or_cut():
    read(agent=f"Fire\x00fox {'x' * 400}")
    agent = Agent.objects.get().text
    assert agent.startswith("Firefox xxx")
    assert len(agent) < 301


def test_the_address_is_not_kept():
    read(REMOTE_ADDR="203.0.113.9")
    hit = Hit.objects.get()
    assert "203.0.113.9" not in str(hit.__dict__)
    assert 0 < hit.client < 2**63
    kept = b"".join(path.read_bytes() for path in spool.files())
    assert kept
    assert b"203.0.113.9" not in kept


def test_a_client_cannot_be_followed_to_the_next_day():
    for hours in (0, 1, 24):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            read()
    first, second, next_day = Hit.objects.order_by("at").values_list(
        "client", flat=True
    )
    assert first == second != next_day


def test_history_is_judged_by_the_rules_of_today(monkeypatch):
    read()
    read("Googlebot/2.1")
    unwanted = reading_rules.Rule(
        "no Firefox", "machine", lambda facts: "Firefox" in facts.agent
    )
    monkeypatch.setattr(reading_rules, "RULES", [unwanted, *reading_rules.RULES])
    monkeypatch.setattr(reading_rules, "VERSION", 99)
    reading_rules.classify.cache_clear()
    out = StringIO()
    call_command("reclassify_hits", stdout=out)
    assert out.getvalue().splitlines() == [
        "1 hits are judged otherwise.",
        "Days counted: 1",
    ]
    assert set(Hit.objects.values_list("rule", flat=True)) == {
        "no Firefox",
        "known robot",
    }
    assert set(Hit.objects.values_list("rules_version", flat=True)) == {99}
    assert judging.classify_again() == 0


def test_again_by_the_same_rules_changes_nothing(manager):
    read()
    read(by=manager)
    read(HTTP_PURPOSE="prefetch")
    assert judging.classify_again() == 0
