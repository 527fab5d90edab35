"""One SMTP conversation, kept open for many messages.

The conversation is smtplib's; here it is cut in two, so that the caller can write down
that a message is about to leave before its final dot does (RFC 1047 says why).
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 30


class Reply(NamedTuple):
    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:500]


class Failure(Exception):
    """The server's answer, or what stood in its place."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(str(reply))
        self.reply = reply


class Rejected(Failure):
    """5xx: never try this message to this address again."""


class Deferred(Failure):
    """4xx, or no connection: nothing was taken; try again later."""


class Lost(Failure):
    """The connection broke after the message had begun to leave: nobody can know."""


class Session:
    """An open connection. Use `connect()`."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def envelope(self, sender: str, recipient: str) -> None:
        """MAIL and RCPT. Raises Rejected or Deferred; the session stays usable."""
        try:
            _raise_unless_ok(*self._client.mail(sender))
            _raise_unless_ok(*self._client.rcpt(recipient))
        except Failure:
            with suppress(OSError, smtplib.SMTPException):
                self._client.rset()
            raise
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise _no_answer(Deferred, error) from error

    def data(self, message: bytes) -> Reply:
        """DATA and the final dot. Raises Rejected, Deferred or Lost."""
        try:
            code, text = self._client.data(message)
        except smtplib.SMTPDataError as error:
            # The server would not even hear the message.
            _raise_unless_ok(error.smtp_code, error.smtp_error)
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise _no_answer(Lost, error) from error
        return _raise_unless_ok(code, text)


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
    if url.scheme == "smtp+tls":
        client.starttls(context=ssl.create_default_context())
    client.ehlo_or_helo_if_needed()
    if url.username:
        client.login(unquote(url.username), unquote(url.password or ""))
    return client


def _raise_unless_ok(code: int, text: bytes | str) -> Reply:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    reply = Reply(code, " ".join(words.split()))
    if 200 <= code < 300:
        return reply
    raise (Rejected if 500 <= code < 600 else Deferred)(reply)


def _no_answer(kind: type[Failure], error: Exception) -> Failure:
    return kind(Reply(0, f"{type(error).__name__}: {error}"))
