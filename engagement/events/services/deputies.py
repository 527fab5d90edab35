"""Somebody comes in the place of whoever was invited."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import Invitation, Needs, Registration, SessionPlace
from engagement.events.services import (
    invitations,
    invited,
    notices,
    places,
    registrations,
)
from engagement.people.services import people, suppressions

SCOPE = "deputy"
State, Source = Registration.State, Registration.Source


class OwnAddress(Refused):
    """Nobody is their own deputy."""


def of(invitation: Invitation) -> Registration | None:
    """The deputy's registration in force."""
    rows = invitation.registrations.in_force().filter(source=Source.DEPUTY)
    return rows.first()


def send(
    *, by: User | None, invitation: Invitation, name: str, email: str, sector: str = ""
) -> None:
    """Passes the place on, or the place in the line; takes one where there was none.

    A deputy who has registered already keeps that, and the page does not tell: it must
    say nothing of anybody else. Raises OwnAddress, invited.NotOpen, EventClosed, TooLate.
    """
    email = email.lower()
    with transaction.atomic():
        invitation = invited.locked(invitation)
        fields: dict[str, Any] = invited.details(invitation)
        if email in {invitation.email, fields["email"]}:
            raise OwnAddress(_("This is your own address. Enter your deputy's."))
        before = of(invitation)
        if before and before.email == email:
            return
        event = invitation.event
        held = before or invited.own(invitation).first()
        if event.registrations.in_force().filter(email=email).exists():
            if held:
                registrations.cancel(by=by, registration=held)
        else:
            known = people.find(email)
            fields |= {
                "name": name,
                "email": email,
                "language": known.language if known else invitation.language,
                "sector": invitation.sector or sector,
                "function": "",
            }
            _tell(_placed(by, invitation, held, fields))
            if before:
                release(before)
        invited.settle(by, invitation, Invitation.Answer.DEPUTY)


def pass_on(
    *, by: User | None, held: Registration, invitation: Invitation, **fields: Any
) -> Registration:
    """A registration in place of `held`, where that stood in the line. Call it with the
    event locked. It stays one of its sector's, as quotas count it."""
    fields["sector"] = held.sector
    new = places.take(by=by, event=held.event, invitation=invitation, **fields)
    check_move(Registration.MOVES, held.state, State.CANCELLED)
    # A place that was offered is taken with it.
    new.state = State.WAITING if held.state == State.WAITING else State.PLACE
    new.replaces, new.created_at = held, held.created_at
    new.save(update_fields=["state", "replaces", "created_at"])
    # The sessions go with it; what the other needed does not.
    SessionPlace.objects.filter(registration=held).update(registration=new)
    Needs.objects.filter(registration=held).delete()
    # Not `registrations.cancel`, which gives the place to the next in line.
    held.state, held.cancelled_at = State.CANCELLED, timezone.now()
    held.save(update_fields=["state", "cancelled_at"])
    entries.record(by=by, action="registration.cancelled", target=held)
    return new


def release(deputy: Registration) -> None:
    """They need not come: whoever sent them comes, or has sent somebody else."""
    _write("deputy_released", deputy)


def find(token: str) -> Registration:
    """Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, invited.LINK_AT_MOST)
    rows = Registration.objects.select_related("event", "invitation")
    found = rows.filter(pk=pk, source=Source.DEPUTY, person__isnull=False).first()
    if found is None or invited.is_too_old(found.event):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def decline(*, by: User | None, registration: Registration) -> None:
    """Gives the place back; whoever sent them is told and may answer anew. A second time
    changes nothing. Raises TooLate."""
    with transaction.atomic():
        event = places.lock(registration.event)
        registration = event.registrations.get(pk=registration.pk)
        if registration.cancelled_at:
            return
        registrations.cancel(by=by, registration=registration)
        invitation = registration.invitation
        if invitation and invitation.answer == Invitation.Answer.DEPUTY:
            invitation.answer, invitation.answered_at = "", None
            invitation.save(update_fields=["answer", "answered_at"])
            entries.record(
                by=by, action="invitation.deputy_declined", target=invitation
            )
            invitations.tell_declined(invitation=invitation)


def _placed(
    by: User | None,
    invitation: Invitation,
    held: Registration | None,
    fields: dict[str, Any],
) -> Registration:
    if held:
        return pass_on(
            by=by, held=held, invitation=invitation, source=Source.DEPUTY, **fields
        )
    if not invitation.event.takes_registrations:
        raise registrations.EventClosed(_("This event does not take registrations."))
    return places.take(
        by=by,
        event=invitation.event,
        invitation=invitation,
        source=Source.DEPUTY,
        **fields,
    )


def _tell(deputy: Registration) -> None:
    _write("deputy_named", deputy)


def _write(kind: str, deputy: Registration) -> None:
    """To nobody who has asked never to be written to: their address came from another."""
    if suppressions.find(deputy.email):
        return
    notices.send(
        kind=kind,
        event=deputy.event,
        to=deputy.email,
        language=deputy.language,
        invitation=deputy.invitation,
        registration=deputy,
        token=tokens.make(SCOPE, str(deputy.pk)),
    )
