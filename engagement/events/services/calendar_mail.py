"""Invitations in mails for the reader's own calendar (RFC 5546, RFC 6047)."""

from django.db.models import Max
from django.utils import timezone

from engagement.events.models import Event, Invitation, Registration
from engagement.events.services import calendars
from engagement.mail.services.composing import Invite

OVER = (Event.Status.CANCELLED, Event.Status.NOT_HELD)


def invite(registration: Registration) -> Invite | None:
    """What goes into a mail about this registration: REQUEST to who has a place, CANCEL
    to who had one in their calendar, nothing to who waits.

    Each has a higher SEQUENCE than all that this address was sent of this event, so that
    no calendar takes it for old. Call it in a transaction that has locked the event.
    """
    event = registration.event
    if event.status in OVER or registration.cancelled_at:
        method = "CANCEL" if registration.sequence else ""
    else:
        method = "REQUEST" if registration.state == Registration.State.PLACE else ""
    if not method:
        return None
    same = Registration.objects.filter(event=event, email=registration.email)
    registration.sequence = (
        same.aggregate(highest=Max("sequence"))["highest"] or 0
    ) + 1
    registration.save(update_fields=["sequence"])
    text = calendars.for_mail(registration, method=method, at=timezone.now())
    return Invite(method, text)


def ask(invitation: Invitation) -> Invite | None:
    """A request to whoever was asked to a group's meeting and has not answered; nothing
    where it is none. A registration's SEQUENCE begins above the event's, so that what
    follows a yes is newer."""
    return _asked(invitation, "REQUEST")


def take_back(invitation: Invitation) -> Invite | None:
    """What takes that request out of their calendar again."""
    return _asked(invitation, "CANCEL")


def _asked(invitation: Invitation, method: str) -> Invite | None:
    if invitation.event.kind != Event.Kind.MEETING:
        return None
    text = calendars.for_invitation(invitation, method=method, at=timezone.now())
    return Invite(method, text)
