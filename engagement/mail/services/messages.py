"""Mails to one person about something they did, in both languages."""

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from engagement.core.bilingual import other
from engagement.mail import queue
from engagement.mail.models import Message


def send(*, kind: str, to: str, language: str, context: dict[str, Any]) -> Message:
    """Writes the mail down now and has it sent after the transaction.

    `kind` names three templates, `mail/<kind>.subject.txt`, `.txt` and `.html`; each
    is rendered once per language, `language` ("en" or "cy") first.
    """
    order = (language, other(language))
    message = Message.objects.create(
        kind=kind,
        to=to,
        language=language,
        subject=" / ".join(
            _in(lang, f"mail/{kind}.subject.txt", context).strip() for lang in order
        ),
        text="\n\n---\n\n".join(
            _in(lang, f"mail/{kind}.txt", context).strip() for lang in order
        ),
        html=render_to_string(
            "mail/base.html",
            {
                "language": language,
                "parts": [
                    (lang, _in(lang, f"mail/{kind}.html", context)) for lang in order
                ],
            },
        ),
    )
    transaction.on_commit(lambda: queue.wake(message.pk))
    return message


def _in(lang: str, template: str, context: dict[str, Any]) -> str:
    with translation.override(lang):
        return render_to_string(template, context | {"lang": lang})
