"""Somebody says yes to an event, without an account, and may change it or take it back."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.errors import Refused
from engagement.core.states import MoveNotAllowed
from engagement.events.models import (
    IN_FORCE,
    Attendance,
    Event,
    Invitation,
    Registration,
    RegistrationQuerySet,
)
from engagement.events.services import calendar_mail, places
from engagement.events.services import details as parts
from engagement.events.services.details import NOTHING, Details
from engagement.mail.services import messages

State, Source = Registration.State, Registration.Source
SCOPE = "registration"
# A link in a mail works until this long after the event, however early it was sent.
LINK_LASTS = timedelta(days=90)
# No event is planned further ahead.
LINK_AT_MOST = timedelta(days=3650)


class EventClosed(Refused):
    """It takes no registrations: not published, closed, begun, over or called off."""


class TooLate(Refused):
    """What has begun can no longer be changed or cancelled."""


class OfferOver(Refused):
    """The time to accept has run out, or nothing was offered."""


class NoRoom(Refused):
    """There is no place that this one, of all in line, could have now."""


def register(*, by: User | None, **asked: Any) -> Registration:
    """As `enter`, and writes to them."""
    registration = enter(by=by, **asked)
    write_due(registration)
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
    event's row, and it takes longer than all the rest. Call `write_due` when the row is
    free again; where nobody does, the sweep writes it.
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
            _owe(already, "registration_repeated")
            return already
        _settle(event)
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
        _owe(
            registration,
            "registration_confirmed" if has_place else "registration_waiting",
        )
    return registration


def write_due(registration: Registration) -> None:
    """The mail that `enter` left to be written, once; none where more has happened
    since, of which another mail tells."""
    still = {
        "registration_confirmed": [State.PLACE],
        "registration_waiting": [State.WAITING],
    }
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",))
        found = rows.select_related("event").exclude(mail_due="")
        if row := found.filter(pk=registration.pk).first():
            kind, row.mail_due = row.mail_due, ""
            row.save(update_fields=["mail_due"])
            if row.state in still.get(kind, IN_FORCE):
                _write(kind, row)


def change(
    *,
    by: User | None,
    registration: Registration,
    fields: Mapping[str, Any],
    details: Details = NOTHING,
) -> Registration:
    """Writes down what they say anew. Raises TooLate, SessionFull or SessionsClash."""
    with transaction.atomic():
        registration = _locked(registration)
        if not can_cancel(registration):
            raise TooLate(_("This registration can no longer be changed."))
        parts.check(details, registration)
        for name, value in fields.items():
            setattr(registration, name, value)
        if fields:
            registration.save(update_fields=[*fields])
        parts.save(registration, details)
        entries.record(by=by, action="registration.changed", target=registration)
        _write("registration_changed", registration)
    return registration


def cancel(*, by: User | None, registration: Registration) -> Registration:
    """Gives the place back, for whoever is next in line; a second time changes nothing.
    Raises TooLate."""
    with transaction.atomic():
        registration = _locked(registration)
        if registration.cancelled_at:
            return registration
        if not can_cancel(registration):
            raise TooLate(_("This event has begun. You can no longer cancel."))
        _cancel(by, registration)
        _write("registration_cancelled", registration)
        _settle(registration.event)
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
        registration = _locked(registration)
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
        _write(
            "registration_deputy"
            if deputy.replaces_id == registration.pk
            else "registration_repeated",
            deputy,
        )
        _write("registration_cancelled", registration)
        _settle(event)
    return deputy


def accept(*, by: User | None, registration: Registration) -> Registration:
    """Takes the place that is offered; a second time changes nothing. Raises OfferOver."""
    with transaction.atomic():
        registration = _locked(registration)
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
        registration = _locked(registration)
        if registration.state == State.PLACE:
            return registration
        _settle(registration.event)
        registration.refresh_from_db()
        if not can_accept(registration):
            raise NoRoom(_("There is no place free that this person could have."))
        _place(by, registration)
    return registration


def settle(*, by: User | None, event: Event) -> None:
    """Takes back the offers whose time has run out, and offers all that is free to those
    next in line. Call it wherever there may be more room than before."""
    with transaction.atomic():
        _settle(places.lock(event))


def sweep() -> None:
    """`settle` for every event with something to settle: an offer run out, or somebody
    waiting. Writes what a crash left unwritten."""
    for registration in Registration.objects.exclude(mail_due=""):
        write_due(registration)
    over = Q(state=State.OFFERED, offered_until__lte=timezone.now())
    rows = Registration.objects.filter(over | Q(state=State.WAITING))
    waiting = rows.filter(event__status=Event.Status.PUBLISHED)
    for event in Event.objects.filter(pk__in=waiting.values("event")):
        settle(by=None, event=event)


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


def can_accept(registration: Registration) -> bool:
    until = registration.offered_until
    return (
        registration.state == State.OFFERED
        and until is not None
        and until > timezone.now()
        and registration.event.is_ahead
    )


def find(token: str) -> Registration:
    """The registration that a mailed link is for. Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, LINK_AT_MOST)
    found = Registration.objects.select_related("event").filter(pk=pk).first()
    if found is None or _too_old(found.event):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def _locked(registration: Registration) -> Registration:
    """As it is now; the event's row is the lock, as when a place is taken."""
    return places.lock(registration.event).registrations.get(pk=registration.pk)


def _place(by: User | None, registration: Registration) -> None:
    places.move(registration, State.PLACE)
    entries.record(by=by, action="registration.placed", target=registration)
    _write("registration_confirmed", registration)


def _cancel(by: User | None, registration: Registration) -> None:
    places.move(registration, State.CANCELLED, cancelled_at=timezone.now())
    parts.forget_needs(registration)
    entries.record(by=by, action="registration.cancelled", target=registration)


def _settle(event: Event) -> None:
    if not event.registrations.in_force().exclude(state=State.PLACE).exists():
        return
    for registration in event.registrations.filter(
        state=State.OFFERED, offered_until__lte=timezone.now()
    ):
        # Somebody may be erased at this moment.
        with suppress(MoveNotAllowed):
            places.move(registration, State.LAPSED)
            entries.record(by=None, action="registration.lapsed", target=registration)
            _write("registration_lapsed", registration)
    for registration in places.offer(by=None, event=event):
        _write("registration_offered", registration)


def _too_old(event: Event) -> bool:
    return event.starts_at is not None and event.starts_at + LINK_LASTS < timezone.now()


def _owe(registration: Registration, kind: str) -> None:
    if registration.email:
        registration.mail_due = kind
        registration.save(update_fields=["mail_due"])


def _write(kind: str, registration: Registration) -> None:
    """Every mail about a registration goes out here; whoever gave no address gets none."""
    if not registration.email:
        return
    waits = registration.state == State.WAITING
    messages.send(
        kind=kind,
        to=registration.email,
        language=registration.language,
        context={
            "event": registration.event,
            "registration": registration,
            "in_line": places.in_line(registration) if waits else 0,
            "token": tokens.make(SCOPE, str(registration.pk)),
            "site_url": settings.SITE_URL,
        },
        calendar=calendar_mail.invite(registration),
    )
