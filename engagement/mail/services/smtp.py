"""One SMTP conversation, kept open for many messages.

The conversation is smtplib's; here it is cut in two, so that the caller can write down
that a message is about to leave before its final dot does (RFC 1047 says why).
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.encoding import punycode

TIMEOUT_SECONDS = 30
# Who hangs up on a slow server makes unknowns of messages that it then takes; RFC 5321
# (4.5.3.2.6) would wait for ten minutes.
LAST_REPLY_SECONDS = 300
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

    @property
    def ends_session(self) -> bool:
        """421, or silence: the connection is over, and nothing was said of the person
        (RFC 5321, 3.8)."""
        return self.reply.code in (0, 421)


class Lost(Failure):
    """The connection broke after the message had begun to leave: nobody can know."""


class Session:
    """An open connection. Use `connect()`."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def envelope(self, sender: str, recipient: str) -> None:
        """MAIL and RCPT. Raises Rejected or Deferred; the session stays usable.

        Rejected speaks of the recipient alone: where the server does not take our
        sender, the fault is ours, and it is Deferred whatever the code.
        """
        try:
            address = ascii_address(recipient)
            if not (reply := self._ask("MAIL", f"FROM:<{sender}>")).good:
                raise Deferred(reply)
            if not (reply := self._ask("RCPT", f"TO:<{address}>")).good:
                raise _refusal(reply)
        except Failure:
            self._forget()
            raise

    def data(self, message: bytes) -> Reply:
        """DATA and the final dot. Raises Rejected or Deferred where the server says so,
        Lost where it says nothing after the message had begun to leave."""
        if (reply := self._ask("DATA")).code != 354:
            self._forget()
            raise _refusal(reply)
        try:
            self._client.send(_payload(message))
            reply = self._last_reply()
        except (OSError, smtplib.SMTPException) as error:
            raise _no_answer(Lost, error) from error
        if not reply.good:
            raise _refusal(reply, otherwise=Lost)
        return reply

    def _ask(self, command: str, arguments: str = "") -> Reply:
        """Raises Deferred where no answer comes."""
        try:
            return _reply(*self._client.docmd(command, arguments))
        # ValueError: a line break or a letter that is not ASCII in an address of ours.
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise _no_answer(Deferred, error) from error

    def _last_reply(self) -> Reply:
        if self._client.sock:
            self._client.sock.settimeout(LAST_REPLY_SECONDS)
        reply = _reply(*self._client.getreply())
        if self._client.sock:
            self._client.sock.settimeout(TIMEOUT_SECONDS)
        return reply

    def _forget(self) -> None:
        """Takes the server out of a message that it refused half-way."""
        with suppress(OSError, smtplib.SMTPException):
            self._client.rset()


@contextmanager
def connect() -> Iterator[Session]:
    """A session with the server of SMTP_URL. Raises Deferred when there is none.

    smtp:// is plain, smtp+tls:// is STARTTLS (RFC 3207), smtp+ssl:// is TLS from the
    first byte (RFC 8314); user and password stand before the host.
    """
    try:
        client = _open()
    except (OSError, smtplib.SMTPException) as error:
        raise _no_answer(Deferred, error) from error
    try:
        yield Session(client)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            client.quit()


def ascii_address(address: str) -> str:
    """The address as SMTP carries it, a Welsh domain in its ASCII form (RFC 5891).

    Raises Rejected for what SMTP cannot carry without SMTPUTF8 (RFC 6531).
    """
    name, _at, domain = address.rpartition("@")
    try:
        found = f"{name}@{punycode(domain)}"
    except UnicodeError:
        found = address
    if not (found.isascii() and found.isprintable()):
        raise Rejected(Reply(0, "The address has characters that mail cannot carry."))
    return found


def _open() -> smtplib.SMTP:
    url = urlsplit(settings.SMTP_URL)
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


def _payload(message: bytes) -> bytes:
    """With a dot before each dot that begins a line, and the final one (RFC 5321)."""
    end = b"" if message.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", message) + end + b".\r\n"


def _reply(code: int, text: bytes | str) -> Reply:
    """What is no code of SMTP becomes 0: nobody can know what the server meant."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = "".join(c if c.isprintable() else " " for c in words)
    return Reply(code if 200 <= code < 600 else 0, " ".join(line.split()))


def _refusal(reply: Reply, otherwise: type[Failure] = Deferred) -> Failure:
    kinds: dict[int, type[Failure]] = {4: Deferred, 5: Rejected}
    if kind := kinds.get(reply.code // 100):
        return kind(reply)
    return otherwise(Reply(0, f"No fit answer: {reply}"))


def _no_answer(kind: type[Failure], error: Exception) -> Failure:
    return kind(Reply(0, f"{type(error).__name__}: {error}"))
