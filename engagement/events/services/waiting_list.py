"""Who is next in line is offered what comes free, for a time, and may accept it."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import MoveNotAllowed
from engagement.events.models import Event, Registration
from engagement.events.services import places, registration_mail

State = Registration.State


class OfferOver(Refused):
    """The time to accept has run out, or nothing was offered."""


class NoRoom(Refused):
    """There is no place that this one, of all in line, could have now."""


def accept(*, by: User | None, registration: Registration) -> Registration:
    """Takes the place that is offered; a second time changes nothing. Raises OfferOver."""
    with transaction.atomic():
        registration = places.locked(registration)
        if registration.state == State.PLACE:
            return registration
        if not can_accept(registration):
            raise OfferOver(_("This place is no longer offered to you."))
        _place(by, registration)
    return registration


def give_place(*, by: User | None, registration: Registration) -> Registration:
    """The team says yes for somebody who is offered a place, or is the next in line.
    Raises NoRoom."""
    with transaction.atomic():
        registration = places.locked(registration)
        if registration.state == State.PLACE:
            return registration
        settle_locked(registration.event)
        registration.refresh_from_db()
        if not can_accept(registration):
            raise NoRoom(_("There is no place free that this person could have."))
        _place(by, registration)
    return registration


def settle(*, by: User | None, event: Event) -> None:
    """Takes back the offers whose time has run out, and offers all that is free to those
    next in line. Call it wherever there may be more room than before."""
    with transaction.atomic():
        settle_locked(places.lock(event))


def sweep() -> None:
    """`settle` for every event with something to settle: an offer run out, or somebody
    waiting. Writes what a crash left unwritten."""
    for registration in Registration.objects.exclude(mail_due=""):
        registration_mail.write_due(registration)
    over = Q(state=State.OFFERED, offered_until__lte=timezone.now())
    rows = Registration.objects.filter(over | Q(state=State.WAITING))
    waiting = rows.filter(event__status=Event.Status.PUBLISHED)
    for event in Event.objects.filter(pk__in=waiting.values("event")):
        settle(by=None, event=event)


def settle_locked(event: Event) -> None:
    """As `settle`, for whoever has locked the event."""
    if not event.registrations.in_force().exclude(state=State.PLACE).exists():
        return
    for registration in event.registrations.filter(
        state=State.OFFERED, offered_until__lte=timezone.now()
    ):
        # Somebody may be erased at this moment.
        with suppress(MoveNotAllowed):
            places.move(registration, State.LAPSED)
            entries.record(by=None, action="registration.lapsed", target=registration)
            registration_mail.write("registration_lapsed", registration)
    for registration in places.offer(by=None, event=event):
        registration_mail.write("registration_offered", registration)


def can_accept(registration: Registration) -> bool:
    until = registration.offered_until
    return (
        registration.state == State.OFFERED
        and until is not None
        and until > timezone.now()
        and registration.event.is_ahead
    )


def _place(by: User | None, registration: Registration) -> None:
    places.move(registration, State.PLACE)
    entries.record(by=by, action="registration.placed", target=registration)
    registration_mail.write("registration_confirmed", registration)
