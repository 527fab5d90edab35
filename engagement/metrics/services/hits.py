"""Keeping hits, and counting readers by COUNTER 5.1."""

import hashlib
import hmac
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lead, TruncDate
from django.http import HttpRequest
from django.utils import timezone

from engagement.metrics import reading_rules
from engagement.metrics.models import Hit

# COUNTER 5.1, 7.2: of two requests within 30 seconds the later one counts.
DOUBLE_CLICK = timedelta(seconds=30)
PERHAPS = [Hit.Class.PERSON, Hit.Class.SUSPECT, Hit.Class.PROXY]


class Range(NamedTuple):
    """People for certain, and with those that could not be told apart."""

    at_least: int
    at_most: int


def record(
    request: HttpRequest, *, target_kind: str, target_id: int, study_id: int | None
) -> None:
    """Keeps a GET as a hit, with its class. Other methods are not reading."""
    if request.method != "GET":
        return
    agent = request.headers.get("User-Agent", "")[:300]
    facts = reading_rules.Facts(
        user_agent=agent,
        prefetch=reading_rules.is_prefetch(request.headers),
        staff=request.user.is_authenticated,
    )
    hit_class, rule = reading_rules.classify(facts)
    now = timezone.now()
    Hit.objects.create(
        at=now,
        target_kind=target_kind,
        target_id=target_id,
        study_id=study_id,
        client=_client(request.META["REMOTE_ADDR"], agent, f"{now:%Y-%m-%d}"),
        user_agent=agent,
        hit_class=hit_class,
        rule=rule,
        rules_version=reading_rules.VERSION,
    )


def counted(*, target_kind: str, study_id: int) -> Range:
    """Requests, double clicks taken once."""
    hits = Hit.objects.filter(target_kind=target_kind, study_id=study_id)
    return Range(_requests(hits, [Hit.Class.PERSON]), _requests(hits, PERHAPS))


def counted_by_target(*, target_kind: str, study_id: int) -> dict[int, Range]:
    """As `counted`, for each target that has been asked for."""
    hits = Hit.objects.filter(target_kind=target_kind, study_id=study_id)
    targets = hits.order_by().values_list("target_id", flat=True).distinct()
    return {
        target: Range(
            _requests(hits.filter(target_id=target), [Hit.Class.PERSON]),
            _requests(hits.filter(target_id=target), PERHAPS),
        )
        for target in targets
    }


def readers(*, target_kind: str, study_id: int) -> Range:
    """Different clients of one day, over all days: the code changes each night, so
    somebody who comes back on another day counts again."""
    hits = Hit.objects.filter(target_kind=target_kind, study_id=study_id)
    return Range(
        _clients(hits.filter(hit_class=Hit.Class.PERSON)),
        _clients(hits.filter(hit_class__in=PERHAPS)),
    )


def _clients(hits: QuerySet[Hit]) -> int:
    days = hits.annotate(day=TruncDate("at", tzinfo=timezone.get_default_timezone()))
    return days.order_by().values("day", "client").distinct().count()


def _requests(hits: QuerySet[Hit], classes: list[Hit.Class]) -> int:
    """How many remain when each one that is followed within 30 seconds is left out."""
    following = Window(
        Lead("at"),
        partition_by=[F("client"), F("target_id")],
        order_by=[F("at").asc(), F("pk").asc()],
    )
    rows = hits.filter(hit_class__in=classes).annotate(next_at=following)
    return sum(
        1
        for at, next_at in rows.order_by().values_list("at", "next_at").iterator()
        if next_at is None or next_at - at > DOUBLE_CLICK
    )


def _client(address: str, agent: str, day: str) -> str:
    """A code for this client on this day. Nobody can turn it back, or follow it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), day.encode(), "sha256")
    code = hmac.new(key, f"{address} {agent}".encode(), hashlib.sha256)
    return code.hexdigest()[:32]
