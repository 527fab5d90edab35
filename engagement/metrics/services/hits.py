"""Keeping hits."""

import logging
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from engagement.core import tokens
from engagement.metrics import reading_rules
from engagement.metrics.models import Hit
from engagement.metrics.services import lines, objections, salts, spool

logger = logging.getLogger(__name__)
SURELY = [Hit.Class.PERSON]
# The name of the mark in an address, and how long somebody may come back to a test.
TEST, TEST_LASTS = "test", timedelta(days=90)


def record(
    request: HttpRequest,
    *,
    target_kind: str,
    target_id: int,
    study_id: int | None,
    language: str | None = None,
    letter: str = "",
    sector: str = "",
) -> None:
    """Keeps a GET as a hit, outside the database; `taking` takes it there. Other methods
    are not reading, nor is following a link of a test, and whoever objects is not kept.

    `language` is the page's where it is None; `letter` is a word for the mail whose link
    it was, of which only a number of the day is kept.
    """
    if request.method != "GET" or _is_test(request) or objections.objects(request):
        return
    facts, now = _facts(request), timezone.now()
    day = timezone.localdate(now)
    client = f"{request.META.get('REMOTE_ADDR', '')} {facts.agent}"
    line = lines.written(
        facts,
        at=now,
        kind=target_kind,
        target=target_id,
        study=study_id,
        language=(get_language() or "") if language is None else language,
        client=salts.number(day, client),
        letter=salts.number(day, letter) if letter else None,
        sector=sector,
    )
    try:
        spool.add(line)
    except OSError:
        # The page is worth more than its hit.
        logger.exception("A hit could not be kept.")


def is_reading(request: HttpRequest) -> bool:
    """Whether `record` would keep it as a person's, as far as anybody can tell."""
    if request.method != "GET" or _is_test(request) or objections.objects(request):
        return False
    return reading_rules.classify(_facts(request))[0] in SURELY


def test_mark() -> str:
    """What stands behind the `?` of a link that is not to be counted. It is signed:
    nobody else can keep a reading out of the figures."""
    return urlencode({TEST: tokens.make(TEST, TEST)})


def _facts(request: HttpRequest) -> reading_rules.Facts:
    return reading_rules.Facts(
        agent=request.headers.get("User-Agent", "")[:300].replace("\x00", ""),
        prefetch=reading_rules.is_prefetch(request.headers),
        scripted=reading_rules.is_scripted(request.headers),
        signed_in=request.user.is_authenticated,
    )


def _is_test(request: HttpRequest) -> bool:
    try:
        return bool(tokens.read(TEST, request.GET.get(TEST, ""), TEST_LASTS))
    except tokens.BadToken:
        return False
