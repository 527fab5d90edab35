"""Files in whole and in part (RFC 9110, 13 and 14)."""

import io
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import ranges

CONTENT = bytes(range(100))
TAG = '"abc"'
DATE = "Sat, 01 Jan 2022 09:30:00 GMT"


class Content(io.BytesIO):
    """Says how much of it was read."""

    taken = 0

    def read(self, size=-1):
        found = super().read(size)
        self.taken += len(found)
        return found


def ask(method="get", content=CONTENT, name="a.pdf", **headers):
    request = getattr(RequestFactory(), method)(
        "/", headers={key.replace("_", "-"): value for key, value in headers.items()}
    )
    stored = ranges.Stored(
        content=Content(content),
        size=len(content),
        tag="abc",
        modified=datetime(2022, 1, 1, 9, 30, tzinfo=UTC),
        name=name,
        content_type="application/pdf",
    )
    answer = ranges.respond(request, stored)
    answer.stored = stored
    return answer


def body(answer):
    return b"".join(answer) if not answer.streaming else answer.getvalue()


@pytest.mark.django_db
def test_the_whole_with_its_facts():
    answer = ask(name="Adroddiad Tŷ.pdf")
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer["ETag"] == TAG
    assert answer["Last-Modified"] == DATE
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Length"] == "100"
    assert answer["X-Content-Type-Options"] == "nosniff"
    wanted = "attachment; filename*=utf-8''Adroddiad%20T%C5%B7.pdf"
    assert answer["Content-Disposition"] == wanted
    answer.close()
    assert answer.stored.content.closed


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-3", 0, 3),
        ("bytes=90-", 90, 99),
        ("bytes=90-500", 90, 99),
        ("bytes=-7", 93, 99),
        ("bytes=-500", 0, 99),
        ("BYTES=99-99", 99, 99),
    ],
)
def test_a_part(asked, first, last):
    answer = ask(Range=asked)
    assert answer.status_code == 206
    assert body(answer) == CONTENT[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/100"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer.stored.content.taken == last - first + 1


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_that_there_is_none_of(asked):
    answer = ask(Range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */100"
    assert answer.stored.content.closed


@pytest.mark.parametrize(
    "asked", ["bytes=3-1", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "x"]
)
def test_what_is_no_single_part_gets_the_whole(asked):
    answer = ask(Range=asked)
    assert (answer.status_code, body(answer)) == (200, CONTENT)


@pytest.mark.parametrize(
    ("unless", "status"),
    [
        (TAG, 206),
        (DATE, 206),
        ('"other"', 200),
        (f"W/{TAG}", 200),
        ("Sat, 01 Jan 2000 09:30:00 GMT", 200),
    ],
)
def test_a_part_of_another_version_is_the_whole(unless, status):
    assert ask(Range="bytes=0-3", If_Range=unless).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": TAG}, 304),
        ({"If_None_Match": '"old", W/"abc"'}, 304),
        ({"If_None_Match": '"old"'}, 200),
        ({"If_Modified_Since": DATE}, 304),
        ({"If_None_Match": '"old"', "If_Modified_Since": DATE}, 200),
        ({"If_Match": '"old"'}, 412),
        ({"If_None_Match": TAG, "Range": "bytes=0-3"}, 304),
    ],
)
def test_who_has_it_is_sent_nothing(headers, status):
    answer = ask(**headers)
    assert answer.status_code == status
    if status != 200:
        assert body(answer) == b""
        assert answer.stored.content.closed


def test_head_has_the_facts_and_reads_nothing():
    answer = ask("head", Range="bytes=0-3")
    assert (answer.status_code, body(answer)) == (200, b"")
    assert answer["Content-Length"] == "100"
    assert answer.stored.content.closed
    assert answer.stored.content.taken == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 130), st.integers(0, 130), st.integers(1, 110))
def test_parts_are_those_of_the_content(first, last, size):
    content = CONTENT[:size] if size <= 100 else CONTENT + bytes(size - 100)
    answer = ask(content=content, Range=f"bytes={first}-{last}")
    if last < first:
        assert body(answer) == content
    elif first >= size:
        assert answer.status_code == 416
    else:
        assert body(answer) == content[first : last + 1]
