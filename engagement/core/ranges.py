"""Gives out a file, whole or in part, as RFC 9110 has it.

It is read in pieces as they are sent, so that its size is no matter. Parts are for those
who were cut off; whoever has it already (304) is sent nothing."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import (
    content_disposition_header,
    http_date,
)

PIECE = 256 * 1024
# 14.1.2: from, to or both; of several parts the whole is sent, as 14.2 allows.
ONE_RANGE = re.compile(r"bytes=\s*(\d{0,19})-(\d{0,19})\s*", re.IGNORECASE)


class Stored(NamedTuple):
    """What is given out. `tag` is an opaque word that is another for other content."""

    content: IO[bytes]
    size: int
    tag: str
    modified: datetime
    name: str
    content_type: str


class _Pieces:
    """`left` bytes from where the file stands; closed with the answer."""

    def __init__(self, content: IO[bytes], left: int) -> None:
        self.content, self.left = content, left

    def __iter__(self) -> Iterator[bytes]:
        while self.left and (piece := self.content.read(min(PIECE, self.left))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        self.content.close()


def respond(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """200, 206, 304, 412 or 416; closes the content where it is not sent."""
    etag, seconds = f'"{stored.tag}"', int(stored.modified.timestamp())
    headers = {"ETag": etag, "Last-Modified": http_date(seconds)}
    # It may be withdrawn: whoever keeps a copy asks again.
    headers |= {"Accept-Ranges": "bytes", "Cache-Control": "no-cache"}
    plain = HttpResponse(headers=headers)
    found = get_conditional_response(request, etag, seconds, plain)
    if found is not plain:
        stored.content.close()
        return found or plain
    return _content(request, stored, headers)


def _content(
    request: HttpRequest, stored: Stored, headers: dict[str, str]
) -> HttpResponseBase:
    first, last, status = 0, stored.size - 1, 200
    if asked := _asked(request, headers):
        part = _within(asked, stored.size)
        if part is None:
            stored.content.close()
            headers["Content-Range"] = f"bytes */{stored.size}"
            return HttpResponse(status=416, headers=headers)
        (first, last), status = part, 206
        headers["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    headers["Content-Length"] = str(last - first + 1)
    headers["Content-Type"] = stored.content_type
    headers["X-Content-Type-Options"] = "nosniff"
    shown = content_disposition_header(as_attachment=True, filename=stored.name)
    headers["Content-Disposition"] = shown or "attachment"
    if request.method == "HEAD":
        stored.content.close()
        return HttpResponse(headers=headers)
    stored.content.seek(first)
    pieces = _Pieces(stored.content, last - first + 1)
    return StreamingHttpResponse(pieces, status=status, headers=headers)


def _asked(request: HttpRequest, headers: dict[str, str]) -> tuple[str, str] | None:
    """From and to, as they were sent; None where the whole is meant (14.2, 13.1.5)."""
    found = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not found or not any(found.groups()):
        return None
    known = (headers["ETag"], headers["Last-Modified"], None)
    if request.headers.get("If-Range") not in known:
        return None
    first, last = found.groups()
    return None if first and last and int(last) < int(first) else (first, last)


def _within(asked: tuple[str, str], size: int) -> tuple[int, int] | None:
    """The first and the last byte; None where the file has none of them."""
    first, last = asked
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1) if length else None
    if int(first) >= size:
        return None
    return int(first), min(int(last or size), size - 1)
