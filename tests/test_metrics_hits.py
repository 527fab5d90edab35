"""Hits are kept with a class; readers are counted by COUNTER 5.1."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from engagement.metrics import reading_rules
from engagement.metrics.models import Hit
from engagement.metrics.services import hits

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1) Gecko (via ggpht.com GoogleImageProxy)"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def read(agent=FIREFOX, *, by=None, method="get", target=1, study=7, **meta):
    request = getattr(RequestFactory(), method)("/", HTTP_USER_AGENT=agent, **meta)
    request.user = by or AnonymousUser()
    hits.record(request, target_kind="article", target_id=target, study_id=study)


def counted():
    return hits.counted(target_kind="article", study_id=7)


@pytest.mark.parametrize(
    ("agent", "meta", "hit_class", "rule"),
    [
        (FIREFOX, {}, "person", "none of the others"),
        ("", {}, "machine", "no user agent"),
        ("Googlebot/2.1", {}, "machine", "known robot"),
        ("python-requests/2.32", {}, "machine", "known robot"),
        (GMAIL, {}, "proxy", "mail proxy"),
        ("Mozilla/5.0", {}, "proxy", "mail proxy"),
        (FIREFOX, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, "suspect", "prefetch"),
        (FIREFOX, {"HTTP_PURPOSE": "prefetch"}, "suspect", "prefetch"),
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
    assert Hit.objects.get().user_agent.startswith("Firefox xxx")
    assert len(Hit.objects.get().user_agent) < 301


def test_the_address_is_not_kept():
    read(REMOTE_ADDR="203.0.113.9")
    hit = Hit.objects.get()
    assert "203.0.113.9" not in str(hit.__dict__)
    assert len(hit.client) == 32


def test_a_client_cannot_be_followed_to_the_next_day():
    for hours in (0, 1, 24):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            read()
    first, second, next_day = Hit.objects.order_by("at").values_list(
        "client", flat=True
    )
    assert first == second != next_day
    assert hits.readers(target_kind="article", study_id=7) == (2, 2)


def test_one_reader_of_a_summer_night_is_one():
    """Midnight is that of Wales: 23.10 and 23.50 UTC are both after it in June."""
    for minutes in (0, 40, 70):
        at = datetime(2026, 6, 1, 23, 10, tzinfo=UTC) + timedelta(minutes=minutes)
        with time_machine.travel(at, tick=False):
            read()
    assert hits.readers(target_kind="article", study_id=7) == (1, 1)


@pytest.mark.parametrize(
    ("seconds", "requests"),
    [([0, 30], 1), ([0, 31], 2), ([0, 20, 40, 60], 1), ([0, 20, 55], 2), ([5], 1)],
)
def test_double_clicks_count_once(seconds, requests):
    for second in seconds:
        with time_machine.travel(NOON + timedelta(seconds=second), tick=False):
            read()
    assert counted() == (requests, requests)


def test_another_target_client_study_or_kind_is_no_double_click():
    with time_machine.travel(NOON, tick=False):
        read()
        read(target=2)
        read(REMOTE_ADDR="203.0.113.9")
        read(study=8)
    assert counted() == (3, 3)
    assert hits.counted_by_target(target_kind="article", study_id=7) == {
        1: (2, 2),
        2: (1, 1),
    }
    assert hits.counted(target_kind="file", study_id=7) == (0, 0)


def test_those_who_may_be_people_widen_the_range_and_machines_do_not():
    read()
    read(GMAIL)
    read("Googlebot/2.1")
    assert counted() == (1, 2)
    assert hits.readers(target_kind="article", study_id=7) == (1, 2)


def test_a_prefetch_between_two_readings_takes_none_away():
    for second, meta in [(0, {}), (20, {"HTTP_PURPOSE": "prefetch"}), (40, {})]:
        with time_machine.travel(NOON + timedelta(seconds=second), tick=False):
            read(**meta)
    assert counted() == (2, 2)


def naive(moments):
    """Drops each that has a next one within 30 seconds, one after the other."""
    left = 0
    for now, after in zip(moments, [*moments[1:], None], strict=True):
        left += after is None or after - now > 30
    return left


CLIENTS_HITS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from([1, 2]), st.integers(0, 200)),
    max_size=30,
)


@pytest.mark.slow
@profile(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(CLIENTS_HITS)
def test_any_order_of_requests_counts_as_the_naive_rule_says(made):
    Hit.objects.all().delete()
    Hit.objects.bulk_create(
        Hit(
            at=NOON + timedelta(seconds=second),
            target_kind="article",
            target_id=target,
            study_id=7,
            client=client,
            hit_class="person",
            rules_version=1,
        )
        for client, target, second in made
    )
    expected = sum(
        naive(sorted(s for c, t, s in made if (c, t) == pair))
        for pair in {(c, t) for c, t, _ in made}
    )
    assert counted() == (expected, expected)


def test_history_is_judged_by_the_rules_of_today(monkeypatch):
    read()
    read("Googlebot/2.1")
    unwanted = reading_rules.Rule(
        "no Firefox", "machine", lambda facts: "Firefox" in facts.user_agent
    )
    monkeypatch.setattr(reading_rules, "RULES", [unwanted, *reading_rules.RULES])
    monkeypatch.setattr(reading_rules, "VERSION", 2)
    out = StringIO()
    call_command("reclassify_hits", stdout=out)
    assert out.getvalue().startswith("1 hits")
    assert set(Hit.objects.values_list("rule", flat=True)) == {
        "no Firefox",
        "known robot",
    }
    assert set(Hit.objects.values_list("rules_version", flat=True)) == {2}
    assert hits.classify_again() == 0


def test_again_by_the_same_rules_changes_nothing(manager):
    read()
    read(by=manager)
    read(HTTP_PURPOSE="prefetch")
    assert hits.classify_again() == 0


def test_counting_takes_two_questions(django_assert_num_queries):
    for target in range(5):
        read(target=target)
    with django_assert_num_queries(2):
        hits.counted_by_target(target_kind="article", study_id=7)
