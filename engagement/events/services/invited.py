"""Whoever was invited: their link, what they may still answer, and what they hold."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.events.inviting import current_posts
from engagement.events.models import (
    Event,
    Invitation,
    Registration,
    RegistrationQuerySet,
)
from engagement.events.services import (
    invitations,
    places,
    registration_links,
)

Source = Registration.Source
# A link works until this long after the event, however early it was sent.
LINK_LASTS = timedelta(days=14)
LINK_AT_MOST = registration_links.LINK_AT_MOST


class NotOpen(Refused):
    """It takes no answers: taken back, begun, over or called off."""


def find(token: str) -> Invitation:
    """The invitation that a mailed link is for. Raises tokens.BadToken."""
    pk = tokens.read(invitations.SCOPE, token, LINK_AT_MOST)
    rows = Invitation.objects.select_related("event", "person")
    # Nobody's once its person has been erased.
    found = rows.filter(pk=pk, person__isnull=False).first()
    if found is None or is_too_old(found.event):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def is_too_old(event: Event) -> bool:
    end = event.ends_at or event.starts_at
    return end is not None and end + LINK_LASTS < timezone.now()


def why_closed(invitation: Invitation) -> str:
    """ "" while it can be answered, and an answer changed."""
    event = invitation.event
    if invitation.withdrawn_at:
        return _("This invitation has been taken back.")
    if event.status == Event.Status.CANCELLED:
        return _("This event is cancelled.")
    if event.starts_at is None or event.starts_at <= timezone.now():
        return _("This event has begun. You can no longer change your answer.")
    return ""


def locked(invitation: Invitation) -> Invitation:
    """With its event's row locked, as it is now. Raises NotOpen."""
    event = places.lock(invitation.event)
    invitation = event.invitations.select_related("person").get(pk=invitation.pk)
    invitation.event = event
    if reason := why_closed(invitation):
        raise NotOpen(reason)
    return invitation


def settle(by: User | None, invitation: Invitation, answer: str) -> None:
    """Last in a transaction, after all that locks a person."""
    invitation.answer, invitation.answered_at = answer, timezone.now()
    invitation.save(update_fields=["answer", "answered_at"])
    entries.record(
        by=by, action="invitation.answered", target=invitation, answer=answer
    )


def own(invitation: Invitation) -> RegistrationQuerySet:
    """The registrations in force of whoever was invited, however they came by them, but
    for the place of somebody else whose deputy they are."""
    theirs = Q(invitation=invitation) | Q(invitation=None, email=invitation.email)
    theirs |= Q(invitation=None, person=invitation.person)
    rows = invitation.event.registrations.in_force().filter(theirs)
    return rows.exclude(source=Source.DEPUTY)


def held(invitation: Invitation) -> RegistrationQuerySet:
    """What to show: any registration in force of whoever was invited, as somebody's
    deputy too."""
    theirs = Q(person=invitation.person) | Q(email=invitation.email)
    return invitation.event.registrations.in_force().filter(theirs)


def details(invitation: Invitation) -> dict[str, Any]:
    """Of whoever was invited, for a registration."""
    person = invitation.person
    post = current_posts([person]).get(person.pk) if person else None
    body = post.organisation if post else None
    written = post.organisation_name if post else ""
    return {
        "language": invitation.language,
        "name": invitation.name,
        "email": (person.email if person else "") or invitation.email,
        "organisation": shown(body, "name").text if body else written,
        "function": invitation.function,
    }
