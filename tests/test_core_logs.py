"""What a log must not keep."""

import logging

import pytest

from engagement.core import tokens
from engagement.core.logs import WithoutTokens
from engagement.metrics.services import hits


def said(message, *args):
    record = logging.makeLogRecord({"msg": message, "args": args})
    assert WithoutTokens().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("scope", ["reader", "letter", "unsubscribe", "preferences"])
@pytest.mark.parametrize("value", ["t" * 22, [12, "ann@example.org"], 7])
def test_a_signed_token_is_taken_out(scope, value):
    token = tokens.make(scope, value)
    log = said('"%s" %s', f"GET /en/newsletters/{token}/?d={token} HTTP/1.1", 404)
    assert log == '"GET /en/newsletters/…/?d=… HTTP/1.1" 404'


def test_the_mark_of_a_test_too():
    assert said(f"/a/?{hits.test_mark()}&x=1").startswith("/a/?test=…")


@pytest.mark.parametrize("words", ["Not Found: /en/", "12:30:15 a:b:c", "%s per cent"])
def test_all_else_stays(words):
    assert said(words) == words
