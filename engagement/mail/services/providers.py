"""Mail by the API of a provider, through django-anymail.

The account's URL names the provider: anymail+mailgun://, anymail+postmark://,
anymail+ses://. What the provider wants to know beside it stands in settings.ANYMAIL.
"""

import re
import ssl
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from anymail.message import AnymailMessage
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from requests.exceptions import ConnectTimeout, ProxyError
from urllib3.exceptions import NewConnectionError

from engagement.mail.services import smtp
from engagement.mail.services.conversation import MOST_SECONDS, NOT_BEGUN
from engagement.mail.services.outgoing import Outcome, Outgoing
from engagement.mail.services.smtp import Reply

SCHEME = "anymail+"
FULL_NAMES = {"ses": "amazon_ses"}
# They send to nobody, and say that they did.
PRETENDERS = ("console", "test")
# No key, no money, no right, no such domain, too much: said of us, not of a person.
OF_US = (401, 402, 403, 404, 429)
# A gateway or a program gave up half-way: the mail may be in the queue all the same.
HALF_WAY = (500, 502, 504)
# As providers name the field that they refuse: 'to', to.0.email, To[0].Email, "in to".
OF_RECIPIENT = re.compile(r"""['`]to['`]|\bto(\.\d|\[\d)|\bin to\b""", re.IGNORECASE)
NOT_CONNECTED = (
    ConnectTimeout,
    ProxyError,
    NewConnectionError,
    ssl.SSLCertVerificationError,
)
# Given apart from the other headers, or made anew.
APART = {"from", "to", "reply-to", "subject", "mime-version", "content-type"}


class ProviderSession:
    """`trusted` is False once the provider is silent, or will not have us."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.trusted = True

    def exchange(self, mails: Sequence[Outgoing]) -> Iterator[Outcome]:
        """Hands the mails over in their order, and gives what became of each."""
        waiting, begun = deque(mails), time.monotonic()
        while waiting and self.trusted:
            if time.monotonic() - begun > MOST_SECONDS:
                self.trusted = False
                break
            mail = waiting.popleft()
            state, reply = self._hand_over(mail)
            self.trusted = reply.code != 0
            yield Outcome(mail.key, state, reply)
        for mail in waiting:
            yield Outcome(mail.key, "unsent", NOT_BEGUN)

    def _hand_over(self, mail: Outgoing) -> tuple[str, Reply]:
        message = _message(mail)
        try:
            self._backend.send_messages([message])
        except AnymailRecipientsRefused as error:
            return "rejected", smtp.read(550, str(error))
        except AnymailAPIError as error:
            if (status := _status(error)) >= 400:
                return _refused(status, str(error), mail)
            # No answer, or one that nobody can read.
            state = "deferred" if _never_left(error) else "unknown"
            return state, smtp.read(0, str(error))
        except AnymailError as error:
            # Anymail could not write it as this provider wants it: nothing left.
            return "deferred", smtp.read(451, str(error))
        told = message.anymail_status
        if told.status and told.status <= {"sent", "queued"}:
            return "accepted", smtp.read(250, str(told.message_id))
        # Anymail looks for known words in some refusals, and lets others pass.
        answer = told.esp_response
        if (status := getattr(answer, "status_code", 0)) >= 400:
            return _refused(status, f"{status} {answer.text}", mail)
        return "unknown", smtp.read(0, f"The provider says {told.status}.")


@contextmanager
def connect(url: str) -> Iterator[ProviderSession]:
    """Raises smtp.Deferred where no mail can go by this account as it is set up."""
    try:
        backend = _backend(url)
    except (ImproperlyConfigured, ImportError) as error:
        raise smtp.Deferred(smtp.read(0, str(error))) from error
    backend.open()
    try:
        yield ProviderSession(backend)
    finally:
        backend.close()


def fault(url: str) -> str:
    """Why no mail can go by this account as it is set up; "" where it can."""
    try:
        _backend(url)
    except (ImproperlyConfigured, ImportError) as error:
        return str(error)
    return ""


def _backend(url: str) -> Any:
    """Raises ImportError, or ImproperlyConfigured where a setting is missing."""
    # A scheme of a URL has no underscore, so unisender_go is written unisender-go.
    name = urlsplit(url).scheme.removeprefix(SCHEME).replace("-", "_")
    if name in PRETENDERS:
        raise ImproperlyConfigured(f"{name} sends no mail.")
    backend = import_string(
        f"anymail.backends.{FULL_NAMES.get(name, name)}.EmailBackend"
    )
    # Not each provider takes an envelope sender or a key along. It reports what comes
    # back by its webhook, and our Message-ID has the key too.
    return backend(ignore_unsupported_features=True)


def _message(mail: Outgoing) -> Any:
    """As Anymail wants it. The recipient is that of the envelope: none other is asked
    for, whatever the header says."""
    source = message_from_bytes(mail.message, policy=policy.default)
    message = AnymailMessage(
        subject=str(source["Subject"]),
        body=_part(source, "plain"),
        from_email=_mailboxes(source, "From")[0],
        to=[mail.recipient],
        reply_to=_mailboxes(source, "Reply-To"),
        headers={k: str(v) for k, v in source.items() if k.lower() not in APART},
        envelope_sender=mail.sender,
        metadata={"key": mail.key},
    )
    message.attach_alternative(_part(source, "html"), "text/html")
    return message


def _part(source: EmailMessage, kind: str) -> str:
    part = source.get_body((kind,))
    return part.get_content().replace("\r\n", "\n") if part else ""


def _mailboxes(source: EmailMessage, name: str) -> list[str]:
    header = source[name]
    return [str(address) for address in header.addresses] if header else []


def _refused(status: int, words: str, mail: Outgoing) -> tuple[str, Reply]:
    """A code of 0 sets the account aside and is not held against the recipient."""
    if status in OF_US:
        return "deferred", smtp.read(0, words)
    if status in HALF_WAY:
        return "unknown", smtp.read(0, words)
    of_recipient = mail.recipient.lower() in words.lower() or OF_RECIPIENT.search(words)
    if status < 500 and of_recipient:
        return "rejected", smtp.read(550, words)
    return "deferred", smtp.read(451, words)


def _status(error: AnymailAPIError) -> int:
    """Of the HTTP answer; 0 where none came."""
    if isinstance(error.response, dict):  # SES, through boto3
        return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    return int(error.status_code or 0)


def _never_left(error: AnymailAPIError) -> bool:
    """No connection was made. Where that is not certain the mail may have arrived."""
    if isinstance(error, ValueError):  # as in requests: no fit address of the API
        return True
    inner: Any = error.__cause__
    while isinstance(inner, Exception):
        if isinstance(inner, NOT_CONNECTED):
            return True
        inner = getattr(inner, "reason", None) or next(iter(inner.args), None)
    return False
