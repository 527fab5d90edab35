"""Reading the mailbox of what came back, over IMAP (RFC 3501)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import requests
from django.conf import settings

from engagement.mail.models import Inbound
from engagement.mail.services import bounces, classifying

TIMEOUT_SECONDS = 30
# Of one round; the next comes in five minutes.
MOST = 500


class Failed(Exception):
    """The mailbox or the place that gives tokens refused; it is tried again later."""


def fetch() -> int:
    """Takes what is unread and marks it read only after it is written down; returns how
    many. Nothing where BOUNCE_MAILBOX_URL is not set. Raises Failed.

    After a crash between the two a mail is taken twice, which changes nothing.
    """
    if not settings.BOUNCE_MAILBOX_URL:
        return 0
    url = urlsplit(settings.BOUNCE_MAILBOX_URL)
    try:
        with _opened(url) as client:
            _ask(*client.select(_quoted(unquote(url.path.strip("/")) or "INBOX")))
            found = _ask(*client.uid("SEARCH", "UNSEEN"))
            numbers = (found[0] or b"").decode().split()[:MOST]
            for number in numbers:
                _take(client, number)
            return len(numbers)
    except (OSError, imaplib.IMAP4.error, requests.RequestException) as error:
        raise Failed(f"{type(error).__name__}: {error}") from error


def _take(client: imaplib.IMAP4, number: str) -> None:
    # PEEK leaves it unread; the rest of a huge mail says nothing.
    part = f"(BODY.PEEK[]<0.{classifying.MOST_BYTES}>)"
    answer = _ask(*client.uid("FETCH", number, part))
    raw = next((each[1] for each in answer if isinstance(each, tuple)), None)
    if raw is None:
        # Somebody else has taken it away meanwhile.
        return
    bounces.take(raw, source=Inbound.Source.MAILBOX)
    _ask(*client.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))


@contextmanager
def _opened(url: SplitResult) -> Iterator[imaplib.IMAP4]:
    client = _connected(url)
    try:
        if url.scheme == "imap+tls":
            client.starttls(ssl.create_default_context())
        _sign_in(client, unquote(url.username or ""), unquote(url.password or ""))
        yield client
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            client.logout()


def _connected(url: SplitResult) -> imaplib.IMAP4:
    host = url.hostname or "localhost"
    if url.scheme != "imap+ssl":
        return imaplib.IMAP4(host, url.port or 143, TIMEOUT_SECONDS)
    return imaplib.IMAP4_SSL(
        host,
        url.port or 993,
        ssl_context=ssl.create_default_context(),
        timeout=TIMEOUT_SECONDS,
    )


def _sign_in(client: imaplib.IMAP4, user: str, password: str) -> None:
    if token := settings.BOUNCE_MAILBOX_TOKEN or _new_token():
        # XOAUTH2, as Google and Microsoft ask for it.
        said = f"user={user}\1auth=Bearer {token}\1\1".encode()
        # A second question is the reason of a refusal: an empty answer lets it say no.
        answers = iter([said])
        client.authenticate("XOAUTH2", lambda _asked: next(answers, b""))
    else:
        # Of the two, imaplib quotes the password alone.
        client.login(_quoted(user), password)


def _new_token() -> str:
    """RFC 6749, 6: a refresh token for one that works for an hour."""
    known = dict(settings.BOUNCE_MAILBOX_OAUTH)
    if not known:
        return ""
    answer = requests.post(
        known.pop("url"),
        data={"grant_type": "refresh_token", **known},
        timeout=TIMEOUT_SECONDS,
    )
    answer.raise_for_status()
    return str(answer.json().get("access_token", ""))


def _ask(kind: str, answer: list[Any]) -> list[Any]:
    if kind != "OK":
        raise Failed(f"{kind}: {answer!r}"[:500])
    return answer


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
