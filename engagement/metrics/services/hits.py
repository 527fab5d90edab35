"""Keeping hits, and counting readers by COUNTER 5.1."""

import hashlib
import hmac
from collections import Counter
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lead
from django.http import HttpRequest
from django.utils import timezone

from engagement.core import tokens
from engagement.metrics import reading_rules
from engagement.metrics.models import Hit

# COUNTER 5.1, 7.2: of two requests within 30 seconds the later one counts.
DOUBLE_CLICK = timedelta(seconds=30)
SURELY = [Hit.Class.PERSON]
# The name of the mark in an address, and how long somebody may come back to a test.
TEST, TEST_LASTS = "test", timedelta(days=90)
PERHAPS = [Hit.Class.PERSON, Hit.Class.SUSPECT, Hit.Class.PROXY]


class Range(NamedTuple):
    """People for certain, and with those that could not be told apart."""

    at_least: int
    at_most: int


def record(
    request: HttpRequest, *, target_kind: str, target_id: int, study_id: int | None
) -> None:
    """Keeps a GET as a hit, with its class. Other methods are not reading, nor is
    following a link of a test."""
    if request.method != "GET" or _is_test(request):
        return
    facts = reading_rules.Facts(
        user_agent=request.headers.get("User-Agent", "")[:300].replace("\x00", ""),
        prefetch=reading_rules.is_prefetch(request.headers),
        signed_in=request.user.is_authenticated,
    )
    hit_class, rule = reading_rules.classify(facts)
    now = timezone.now()
    Hit.objects.create(
        at=now,
        target_kind=target_kind,
        target_id=target_id,
        study_id=study_id,
        client=_client(
            request.META.get("REMOTE_ADDR", ""),
            facts.user_agent,
            f"{timezone.localdate(now):%Y-%m-%d}",
        ),
        hit_class=hit_class,
        rule=rule,
        rules_version=reading_rules.VERSION,
        **facts._asdict(),
    )


def test_mark() -> str:
    """What stands behind the `?` of a link that is not to be counted. It is signed:
    nobody else can keep a reading out of the figures."""
    return urlencode({TEST: tokens.make(TEST, TEST)})


def counted(*, target_kind: str, study_id: int) -> Range:
    """Requests, double clicks taken once."""
    found = counted_by_target(target_kind=target_kind, study_id=study_id).values()
    return Range(sum(one.at_least for one in found), sum(one.at_most for one in found))


def counted_by_target(*, target_kind: str, study_id: int) -> dict[int, Range]:
    """As `counted`, for each target that somebody may have asked for."""
    hits = Hit.objects.filter(target_kind=target_kind, study_id=study_id)
    surely, perhaps = _requests(hits, SURELY), _requests(hits, PERHAPS)
    # A suspect hit between two of the same client can make all three one request.
    return {
        target: Range(surely[target], max(surely[target], perhaps[target]))
        for target in perhaps
    }


def readers(*, target_kind: str, study_id: int) -> Range:
    """Different clients of one day, over all days: the code changes each night, so
    somebody who comes back on another day counts again."""
    hits = Hit.objects.filter(target_kind=target_kind, study_id=study_id)
    return Range(_clients(hits, SURELY), _clients(hits, PERHAPS))


def classify_again() -> int:
    """Runs the present rules over all hits; returns how many are judged otherwise.

    Hits that look the same to the rules are changed together, in one transaction.
    """
    changed = 0
    with transaction.atomic():
        for seen in _different_facts():
            hit_class, rule = reading_rules.classify(seen)
            judged = {"hit_class": hit_class, "rule": rule}
            same = Hit.objects.filter(**seen._asdict())
            changed += same.exclude(**judged).update(**judged)
            same.update(rules_version=reading_rules.VERSION)
    return changed


def _is_test(request: HttpRequest) -> bool:
    try:
        return bool(tokens.read(TEST, request.GET.get(TEST, ""), TEST_LASTS))
    except tokens.BadToken:
        return False


def _different_facts() -> list[reading_rules.Facts]:
    rows = Hit.objects.order_by().values_list(*reading_rules.Facts._fields)
    return [reading_rules.Facts(*row) for row in rows.distinct()]


def _clients(hits: QuerySet[Hit], classes: list[Hit.Class]) -> int:
    found = hits.filter(hit_class__in=classes).order_by()
    return found.values("client").distinct().count()


def _requests(hits: QuerySet[Hit], classes: list[Hit.Class]) -> Counter[int]:
    """How many of each target remain when those followed within 30 seconds are out."""
    following = Window(
        Lead("at"),
        partition_by=[F("client"), F("target_id")],
        order_by=[F("at").asc(), F("pk").asc()],
    )
    last = Q(next_at__isnull=True) | Q(next_at__gt=F("at") + DOUBLE_CLICK)
    rows = hits.filter(hit_class__in=classes).order_by().annotate(next_at=following)
    return Counter(rows.filter(last).values_list("target_id", flat=True).iterator())


def _client(address: str, agent: str, day: str) -> str:
    """A code for this client on this day. Nobody can turn it back, or follow it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), day.encode(), "sha256")
    code = hmac.new(key, f"{address} {agent}".encode(), hashlib.sha256)
    return code.hexdigest()[:32]
