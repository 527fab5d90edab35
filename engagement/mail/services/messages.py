"""Mails to one person about something they did, in both languages."""

from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from engagement.core.bilingual import other
from engagement.mail import queue
from engagement.mail.models import Message
from engagement.mail.services import smtp

MOST_ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=10)
State = Message.State


def send(*, kind: str, to: str, language: str, context: dict[str, Any]) -> Message:
    """Writes the mail down now and has it sent after the transaction.

    `kind` names three templates, `mail/<kind>.subject.txt`, `.txt` and `.html`; each
    is rendered once per language, `language` ("en" or "cy") first.
    """
    order = (language, other(language))
    subjects = [_in(lang, f"mail/{kind}.subject.txt", context) for lang in order]
    texts = [_in(lang, f"mail/{kind}.txt", context).strip() for lang in order]
    parts = [(lang, _in(lang, f"mail/{kind}.html", context)) for lang in order]
    message = Message.objects.create(
        kind=kind,
        to=to,
        language=language,
        subject=" / ".join(" ".join(subject.split()) for subject in subjects)[:300],
        text="\n\n---\n\n".join(texts),
        html=render_to_string("mail/base.html", {"language": language, "parts": parts}),
    )
    transaction.on_commit(lambda: queue.wake(message.pk))
    return message


def deliver(*, message_id: int) -> None:
    """Sends one queued mail; does nothing where another worker has it, or it is done.

    A temporary failure puts it back for the sweep, five times at the most.
    """
    claimed = Message.objects.filter(pk=message_id, state=State.QUEUED).update(
        state=State.SENDING, claimed_at=timezone.now()
    )
    if not claimed:
        return
    message = Message.objects.get(pk=message_id)
    message.attempts += 1
    try:
        with smtp.connect() as session:
            session.envelope(parseaddr(settings.MAIL_FROM)[1], message.to)
            reply = session.data(as_bytes(message))
    except smtp.Deferred as failure:
        again = message.attempts < MOST_ATTEMPTS
        _settle(message, State.QUEUED if again else State.FAILED, failure.reply)
    except smtp.Failure as failure:
        _settle(message, State.FAILED, failure.reply)
    else:
        _settle(message, State.SENT, reply)


def sweep() -> None:
    """Wakes workers for what is queued. A mail that a crash left half sent is marked
    failed, because nobody knows whether it went; it is not sent again by itself."""
    stuck = Message.objects.filter(
        state=State.SENDING, claimed_at__lt=timezone.now() - STUCK_AFTER
    )
    stuck.update(
        state=State.FAILED,
        reply="It is not known whether this was sent.",
        settled_at=timezone.now(),
    )
    for pk in Message.objects.filter(state=State.QUEUED).values_list("pk", flat=True):
        queue.wake(pk)


def as_bytes(message: Message) -> bytes:
    """The mail as it goes over the wire (RFC 5322), text and HTML side by side."""
    # CRLF at each end of line: smtplib sends bytes as they are.
    mail = EmailMessage(policy.SMTP)
    mail["From"] = settings.MAIL_FROM
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<mail-{message.pk}@{settings.MAIL_DOMAIN}>"
    # RFC 3834: keeps holiday replies away.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    # Last: setting the content drops every Content- header.
    mail["Content-Language"] = f"{message.language}, {other(message.language)}"
    return mail.as_bytes()


def _settle(message: Message, state: str, reply: smtp.Reply) -> None:
    message.state = state
    message.reply = str(reply)
    if state != State.QUEUED:
        message.settled_at = timezone.now()
    message.save(update_fields=["state", "attempts", "reply", "settled_at"])


def _in(lang: str, template: str, context: dict[str, Any]) -> str:
    with translation.override(lang):
        return render_to_string(template, context | {"lang": lang})
