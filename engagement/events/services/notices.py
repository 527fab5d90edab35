"""Mails about an event, which can be stopped while they wait to be sent."""

from typing import Any

from django.conf import settings

from engagement.events.models import Event, Invitation, Notice
from engagement.mail.models import Message
from engagement.mail.services import messages
from engagement.mail.services.composing import Invite

TAKEN_BACK = "Taken back before it was sent."


def send(
    *,
    kind: str,
    event: Event,
    to: str,
    language: str,
    invitation: Invitation | None = None,
    calendar: Invite | None = None,
    **context: Any,
) -> None:
    """As `messages.send`, with `event`, `invitation` and `site_url` in the context."""
    context |= {"event": event, "invitation": invitation}
    message = messages.send(
        kind=kind,
        to=to,
        language=language,
        context=context | {"site_url": settings.SITE_URL},
        calendar=calendar,
    )
    Notice.objects.create(message=message, event=event, invitation=invitation)


def stop(*, event: Event) -> int:
    """All that wait: it is called off."""
    return _stop(event.notices.values("message"))


def stop_for(*, invitation: Invitation) -> int:
    return _stop(invitation.notices.values("message"))


def was_written_to(invitation: Invitation) -> bool:
    """Whether any mail about it left or may have left."""
    about = Message.objects.filter(pk__in=invitation.notices.values("message"))
    lost = about.filter(state=Message.State.FAILED)
    unsent = lost.exclude(reply__startswith=messages.NOT_KNOWN)
    return about.exclude(pk__in=unsent.values("pk")).exists()


def _stop(numbers: Any) -> int:
    return messages.stop(which=Message.objects.filter(pk__in=numbers), why=TAKEN_BACK)
