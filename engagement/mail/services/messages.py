"""Mails to one person about something they did, in both languages."""

from datetime import timedelta
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from engagement.core.bilingual import LANGUAGES, other
from engagement.mail import queue
from engagement.mail.models import Message
from engagement.mail.services import composing, handing, smtp
from engagement.mail.services.composing import Invite
from engagement.mail.services.outgoing import Outgoing

MOST_ATTEMPTS = len(smtp.BACK_OFF) + 1
STUCK_AFTER = timedelta(minutes=10)
NOT_KNOWN = "It is not known whether this was sent."
State = Message.State


def send(
    *,
    kind: str,
    to: str,
    language: str,
    context: dict[str, Any],
    calendar: Invite | None = None,
) -> Message:
    """Writes the mail down now and has it sent after the transaction.

    `kind` names three templates, `mail/<kind>.subject.txt`, `.txt` and `.html`; each
    is rendered once per language, `language` ("en" or "cy") first. `calendar` goes with
    it for the reader's calendar.
    """
    order = (language, other(language))
    subjects = [_in(lang, f"mail/{kind}.subject.txt", context) for lang in order]
    texts = [_in(lang, f"mail/{kind}.txt", context).strip() for lang in order]
    parts = [(lang, _in(lang, f"mail/{kind}.html", context)) for lang in order]
    return send_written(
        kind=kind,
        to=to,
        language=language,
        subject=" / ".join(" ".join(subject.split()) for subject in subjects),
        text="\n\n---\n\n".join(texts),
        html=render_to_string("mail/base.html", {"language": language, "parts": parts}),
        calendar=calendar,
    )


def preview(*, kind: str, context: dict[str, Any]) -> list[tuple[str, str]]:
    """(language, text) as `send` would write it, in the order of LANGUAGES."""
    return [
        (lang, _in(lang, f"mail/{kind}.txt", context).strip()) for lang in LANGUAGES
    ]


def send_written(
    *,
    kind: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    html: str,
    sender: str = "",
    reply_to: str = "",
    calendar: Invite | None = None,
) -> Message:
    """As `send`, with words that are there already.

    `sender` and `reply_to` are what `composing.mailbox` gives; without a sender it is
    the site's own.
    """
    message = Message.objects.create(
        kind=kind,
        to=to,
        language=language,
        sender=sender,
        reply_to=reply_to,
        subject=subject[:300],
        text=text,
        html=html,
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
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
        mail = Outgoing(
            key=f"mail-{message.pk}",
            sender=smtp.ascii_address(parseaddr(_sender(message))[1]),
            recipient=smtp.ascii_address(message.to),
            message=as_bytes(message),
        )
    except smtp.Rejected as failure:
        _settle(message, State.FAILED, str(failure))
        return
    outcome = handing.hand_over(mail)
    again = outcome.state == "deferred" and message.attempts < MOST_ATTEMPTS
    states = {
        "accepted": State.SENT,
        "deferred": State.QUEUED if again else State.FAILED,
    }
    unknown = f"{NOT_KNOWN} " if outcome.state == "unknown" else ""
    state = states.get(outcome.state, State.FAILED)
    _settle(message, state, f"{unknown}{outcome.reply}")


def stop(*, which: QuerySet[Message], why: str) -> int:
    """Those that still wait are never sent; how many. The others are on their way."""
    waiting = which.filter(state=State.QUEUED)
    now = timezone.now()
    return waiting.update(state=State.FAILED, reply=why, settled_at=now)


def sweep() -> None:
    """Wakes workers for what is due. A mail that a crash left half sent is marked
    failed, because nobody knows whether it went; it is not sent again by itself."""
    now = timezone.now()
    stuck = Message.objects.filter(
        state=State.SENDING, claimed_at__lt=now - STUCK_AFTER
    )
    stuck.update(state=State.FAILED, reply=NOT_KNOWN, settled_at=now)
    due = Q(attempts=0)
    for attempts, pause in enumerate(smtp.BACK_OFF, start=1):
        due |= Q(attempts=attempts, claimed_at__lte=now - pause)
    queued = Message.objects.filter(due, state=State.QUEUED)
    for pk in queued.values_list("pk", flat=True):
        queue.wake(pk)


def as_bytes(message: Message) -> bytes:
    """The mail as it goes over the wire. Raises smtp.Rejected for an impossible address."""
    headers = {
        "From": _sender(message),
        "To": smtp.ascii_address(message.to),
        "Subject": composing.words(message.subject),
        "Date": format_datetime(message.created_at),
        "Message-ID": f"<mail-{message.pk}@{settings.MAIL_DOMAIN}>",
        # RFC 3834: keeps holiday replies away.
        "Auto-Submitted": "auto-generated",
    }
    if message.reply_to:
        headers["Reply-To"] = message.reply_to
    return composing.compose(
        headers=headers,
        language=message.language,
        text=message.text,
        html=message.html,
        invite=_invite(message),
    )


def _invite(message: Message) -> Invite | None:
    if not message.calendar:
        return None
    return Invite(message.calendar_method, message.calendar)


def _sender(message: Message) -> str:
    return message.sender or composing.mailbox(*parseaddr(settings.MAIL_FROM))


def _settle(message: Message, state: str, reply: str) -> None:
    message.state = state
    message.reply = reply[:500]
    if state != State.QUEUED:
        message.settled_at = timezone.now()
    message.save(update_fields=["state", "attempts", "reply", "settled_at"])


def _in(lang: str, template: str, context: dict[str, Any]) -> str:
    with translation.override(lang):
        return render_to_string(template, context | {"lang": lang})
