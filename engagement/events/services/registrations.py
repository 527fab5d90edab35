"""Somebody says yes to an event, without an account, and may take it back."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.errors import Refused
from engagement.events.models import (
    Attendance,
    Event,
    Registration,
    RegistrationQuerySet,
)
from engagement.mail.services import messages
from engagement.people.services import people

SCOPE = "registration"
# A link in a mail works until this long after the event, however early it was sent.
LINK_LASTS = timedelta(days=90)
# No event is planned further ahead.
LINK_AT_MOST = timedelta(days=3650)
# No vowels, so no words; nothing that can be misread on the telephone.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"


class EventClosed(Refused):
    """It takes no registrations: not published, begun, over or called off."""


class EventFull(Refused):
    """Every place is taken."""


class TooLate(Refused):
    """What has begun can no longer be cancelled."""


def register(
    *,
    by: User | None,
    event: Event,
    language: str,
    name: str,
    email: str,
    organisation: str,
    sector: str,
    wants_welsh: bool,
) -> Registration:
    """Takes a place and mails a confirmation. Raises EventClosed or EventFull.

    An address that has a place keeps it as it is and is told so by mail alone: the page
    must not tell a stranger who has registered. So a full event refuses everybody,
    those registered included. The event's row is locked while places are counted.
    """
    email = email.lower()
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=event.pk)
        if not event.takes_registrations:
            raise EventClosed(_("This event does not take registrations."))
        live = event.registrations.live()
        if event.capacity is not None and live.count() >= event.capacity:
            raise EventFull(_("This event is full."))
        if already := live.filter(email=email).first():
            _write("registration_repeated", already)
            return already
        registration = Registration.objects.create(
            event=event,
            person=people.find_or_create(
                by=by, email=email, name=name, language=language, sector=sector
            ),
            reference=get_random_string(8, ALPHABET),
            name=name,
            email=email,
            organisation=organisation,
            sector=sector,
            language=language,
            wants_welsh=wants_welsh,
        )
        entries.record(by=by, action="registration.made", target=registration)
        _write("registration_confirmed", registration)
    return registration


def cancel(*, by: User | None, registration: Registration) -> Registration:
    """Gives the place back; a second time changes nothing. Raises TooLate."""
    with transaction.atomic():
        # The event's row is the lock, as when a place is taken.
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        registration = event.registrations.get(pk=registration.pk)
        if registration.cancelled_at:
            return registration
        if not can_cancel(registration):
            raise TooLate(_("This event has begun. You can no longer cancel."))
        registration.cancelled_at = timezone.now()
        registration.save(update_fields=["cancelled_at"])
        entries.record(by=by, action="registration.cancelled", target=registration)
        _write("registration_cancelled", registration)
    return registration


def give_back(*, by: User | None, rows: RegistrationQuerySet) -> None:
    """Cancels those of events that have not begun, without writing to anybody."""
    ahead = rows.live().filter(event__starts_at__gt=timezone.now())
    with transaction.atomic():
        for registration in ahead:
            registration.cancelled_at = timezone.now()
            registration.save(update_fields=["cancelled_at"])
            entries.record(by=by, action="registration.cancelled", target=registration)


def can_cancel(registration: Registration) -> bool:
    """In force, for an event that still takes registrations, and not marked as there."""
    return (
        registration.cancelled_at is None
        and registration.event.takes_registrations
        and not Attendance.objects.filter(registration=registration).exists()
    )


def find(token: str) -> Registration:
    """The registration that a mailed link is for. Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, LINK_AT_MOST)
    found = Registration.objects.select_related("event").filter(pk=pk).first()
    if found is None or _too_old(found.event):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def _too_old(event: Event) -> bool:
    return event.starts_at is not None and event.starts_at + LINK_LASTS < timezone.now()


def _write(kind: str, registration: Registration) -> None:
    messages.send(
        kind=kind,
        to=registration.email,
        language=registration.language,
        context={
            "event": registration.event,
            "registration": registration,
            "token": tokens.make(SCOPE, str(registration.pk)),
            "site_url": settings.SITE_URL,
        },
    )
