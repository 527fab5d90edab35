"""Somebody says yes to an event, without an account, and may change it or take it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import (
    IN_FORCE,
    Attendance,
    Event,
    Invitation,
    Registration,
    RegistrationQuerySet,
)
from engagement.events.services import details as parts
from engagement.events.services import (
    places,
    registration_mail,
    waiting_list,
)
from engagement.events.services.details import NOTHING, Details

State, Source = Registration.State, Registration.Source


class EventClosed(Refused):
    """It takes no registrations: not published, closed, begun, over or called off."""


class TooLate(Refused):
    """What has begun can no longer be changed or cancelled."""


def register(*, by: User | None, **asked: Any) -> Registration:
    """As `enter`, and writes to them."""
    registration = enter(by=by, **asked)
    registration_mail.write_due(registration)
    return registration


def enter(
    *,
    by: User | None,
    event: Event,
    language: str,
    name: str,
    email: str,
    organisation: str,
    sector: str,
    wants_welsh: bool,
    function: str = "",
    source: str = Source.FORM,
    invitation: Invitation | None = None,
    details: Details = NOTHING,
    reference: str = "",
) -> Registration:
    """A place, or where there is none the end of the waiting list.

    The mail that says which is due, and not written: everybody who asks waits for the
    event's row, and it takes longer than all the rest. Call `write_due` of
    `registration_mail` when the row is free again; else the sweep writes it.
    An address that has a registration in force keeps it as it is and is told so by mail
    alone. A `reference` makes it safe to ask twice. Raises EventClosed, SessionFull or
    SessionsClash.
    """
    email = email.lower()
    with transaction.atomic():
        event = places.lock(event)
        # The team may still add somebody after registration has closed.
        if not (
            event.takes_registrations or (source == Source.STAFF and event.is_ahead)
        ) or (source == Source.FORM and not event.is_open_to_all):
            raise EventClosed(_("This event does not take registrations."))
        already = event.registrations.in_force().filter(email=email).first()
        if already and already.reference == reference:
            return already
        parts.check(details)
        if already:
            registration_mail.owe(already, "registration_repeated")
            return already
        waiting_list.settle_locked(event)
        registration = places.take(
            by=by,
            event=event,
            source=source,
            language=language,
            name=name,
            email=email,
            organisation=organisation,
            sector=sector,
            function=function,
            wants_welsh=wants_welsh,
            invitation=invitation,
            reference=reference,
        )
        parts.save(registration, details)
        has_place = registration.state == State.PLACE
        registration_mail.owe(
            registration,
            "registration_confirmed" if has_place else "registration_waiting",
        )
    return registration


def change(
    *,
    by: User | None,
    registration: Registration,
    fields: Mapping[str, Any],
    details: Details = NOTHING,
) -> Registration:
    """Writes down what they say anew. Raises TooLate, SessionFull or SessionsClash."""
    with transaction.atomic():
        registration = places.locked(registration)
        if not can_cancel(registration):
            raise TooLate(_("This registration can no longer be changed."))
        parts.check(details, registration)
        for name, value in fields.items():
            setattr(registration, name, value)
        if fields:
            registration.save(update_fields=[*fields])
        parts.save(registration, details)
        entries.record(by=by, action="registration.changed", target=registration)
        registration_mail.write("registration_changed", registration)
    return registration


def cancel(*, by: User | None, registration: Registration) -> Registration:
    """Gives the place back, for whoever is next in line; a second time changes nothing.
    Raises TooLate."""
    with transaction.atomic():
        registration = places.locked(registration)
        if registration.cancelled_at:
            return registration
        if not can_cancel(registration):
            raise TooLate(_("This event has begun. You can no longer cancel."))
        _cancel(by, registration)
        registration_mail.write("registration_cancelled", registration)
        waiting_list.settle_locked(registration.event)
    return registration


def pass_on(
    *,
    by: User | None,
    registration: Registration,
    name: str,
    email: str,
    language: str,
    organisation: str = "",
    function: str = "",
    wants_welsh: bool = False,
) -> Registration:
    """A deputy has the place instead; returns the deputy's registration.

    A deputy of the same sector who waits gets this one. Any other who is registered
    stays as they are, and it goes to whoever is next in line; whoever sends a deputy
    is not told.
    Raises TooLate where there is no place to pass on.
    """
    email = email.lower()
    with transaction.atomic():
        registration = places.locked(registration)
        if registration.state != State.PLACE or not can_cancel(registration):
            raise TooLate(_("There is no place that you could pass on."))
        if email == registration.email.lower():
            return registration
        event = registration.event
        known = event.registrations.in_force().filter(email=email).first()
        _cancel(by, registration)
        if known is None:
            deputy = places.take(
                by=by,
                event=event,
                source=Source.DEPUTY,
                language=language,
                name=name,
                email=email,
                organisation=organisation or registration.organisation,
                # The place is one of this sector's.
                sector=registration.sector,
                function=function,
                wants_welsh=wants_welsh,
                invitation=registration.invitation,
                replaces=registration,
            )
        else:
            deputy = known
            if known.state != State.PLACE and known.sector == registration.sector:
                places.move(known, State.PLACE, replaces=registration)
                entries.record(by=by, action="registration.placed", target=known)
        registration_mail.write(
            "registration_deputy"
            if deputy.replaces_id == registration.pk
            else "registration_repeated",
            deputy,
        )
        registration_mail.write("registration_cancelled", registration)
        waiting_list.settle_locked(event)
    return deputy


def give_back(*, by: User | None, rows: RegistrationQuerySet) -> None:
    """Cancels those of events that have not begun, without writing to anybody.

    Whoever erases holds the person's lock, and who registers asks for it last: so the
    event is not locked here, and the sweep offers what came free.
    """
    ahead = rows.in_force().filter(event__starts_at__gt=timezone.now())
    with transaction.atomic():
        for registration in ahead.select_for_update(of=("self",), no_key=True):
            _cancel(by, registration)


def forget_needs(*, by: User | None, registration: Registration) -> None:
    """What somebody needed at an event that is over."""
    with transaction.atomic():
        parts.forget_needs(registration)
        entries.record(by=by, action="registration.needs_deleted", target=registration)


def can_cancel(registration: Registration) -> bool:
    """In force, for an event that has not begun, and not marked as there."""
    return (
        registration.state in IN_FORCE
        and registration.event.is_ahead
        and not Attendance.objects.filter(registration=registration).exists()
    )


def _cancel(by: User | None, registration: Registration) -> None:
    places.move(registration, State.CANCELLED, cancelled_at=timezone.now())
    parts.forget_needs(registration)
    entries.record(by=by, action="registration.cancelled", target=registration)
