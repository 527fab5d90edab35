"""Servers, addresses and answers as SMTP has them; the connection is smtplib's."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.utils.encoding import punycode

TIMEOUT_SECONDS = 30
# Who hangs up on a slow server makes unknowns of messages that it then takes; RFC 5321
# (4.5.3.2.6) would wait for ten minutes.
LAST_REPLY_SECONDS = 300
# Of a reply; RFC 5321 (4.5.3.1.5) says 512.
LONGEST_LINE = 8192
# Before the second attempt, the third and so on. After the last, "later" means no.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]


class Reply(NamedTuple):
    code: int
    text: str

    @property
    def good(self) -> bool:
        return self.code // 100 == 2

    def __str__(self) -> str:
        return (f"{self.code} {self.text}" if self.code else self.text)[:500]


class Failure(Exception):
    """The server's answer, or what stood in its place."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(str(reply))
        self.reply = reply


class Rejected(Failure):
    """5xx: never try this message to this address again."""


class Deferred(Failure):
    """4xx, or no answer yet: nothing was taken; try again later."""


@contextmanager
def connect(url: str) -> Iterator[smtplib.SMTP]:
    """A client that has said hello and signed in. Raises Deferred when there is none.

    smtp:// is plain, smtp+tls:// is STARTTLS (RFC 3207), smtp+ssl:// is TLS from the
    first byte (RFC 8314); user and password stand before the host.
    """
    try:
        client = _open(url)
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(silence(error)) from error
    try:
        yield client
    finally:
        with suppress(OSError, smtplib.SMTPException):
            client.quit()


def certificate_until(client: smtplib.SMTP) -> float | None:
    """When the server's certificate, which is good for its name, ends (seconds since
    1970); STARTTLS comes first where it is offered and was not asked for. None where
    there is no TLS. Raises Deferred for a certificate that is not good."""
    try:
        if not isinstance(client.sock, ssl.SSLSocket):
            if not client.has_extn("starttls"):
                return None
            client.starttls(context=ssl.create_default_context())
        known = client.sock.getpeercert()  # type: ignore[union-attr]
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(silence(error)) from error
    return float(ssl.cert_time_to_seconds(known["notAfter"]))


def ascii_address(address: str) -> str:
    """The address as SMTP carries it, a Welsh domain in its ASCII form (RFC 5891).

    Raises Rejected for what SMTP cannot carry without SMTPUTF8 (RFC 6531).
    """
    if address.isascii() and address.isprintable():
        return address
    name, _at, domain = address.rpartition("@")
    try:
        found = f"{name}@{punycode(domain)}"
    except UnicodeError:
        found = address
    if not (found.isascii() and found.isprintable()):
        raise Rejected(Reply(0, "The address has characters that mail cannot carry."))
    return found


def silence(error: Exception) -> Reply:
    """What stands in the place of an answer."""
    return Reply(0, f"{type(error).__name__}: {error}")


def _open(address: str) -> smtplib.SMTP:
    url = urlsplit(address)
    host, port = url.hostname or "localhost", url.port or 25
    client: smtplib.SMTP
    if url.scheme == "smtp+ssl":
        client = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        if url.scheme == "smtp+tls":
            client.starttls(context=ssl.create_default_context())
        client.ehlo_or_helo_if_needed()
        if url.username:
            client.login(unquote(url.username), unquote(url.password or ""))
    except (OSError, smtplib.SMTPException):
        client.close()
        raise
    return client


def reply(client: smtplib.SMTP) -> Reply:
    """The server's next reply, as smtplib's `getreply` and in a quarter of its time, which
    counts where there are four replies to a message. Raises SMTPServerDisconnected.
    """
    assert client.file  # noqa: S101
    texts = []
    while True:
        line = client.file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            client.close()
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        texts.append(line[4:].rstrip())
        if line[3:4] != b"-":
            return read(_code(line[:3]), b" ".join(texts))


def _code(digits: bytes) -> int:
    return int(digits) if digits.isdigit() else 0


def read(code: int, text: bytes | str) -> Reply:
    """What is no code of SMTP becomes 0: nobody can know what the server meant."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = words
    if not line.isprintable():
        line = "".join(c if c.isprintable() else " " for c in words)
    return Reply(code if 200 <= code < 600 else 0, " ".join(line.split()))
