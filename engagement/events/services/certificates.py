"""Certificates of attendance, and whether one is real. ADR 0019 says who is told what."""

import unicodedata
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Attendance, Event, Registration
from engagement.events.services import places
from engagement.people.services import likeness

# 26 letters and digits to the power of twelve: nobody finds one by trying.
LENGTH = 12


class NoCertificate(Refused):
    """The event was not held, or they are not marked as having come."""


class Checked(NamedTuple):
    """`name` is empty unless the surname that was typed is theirs."""

    event: Event
    name: str


def available(registration: Registration) -> bool:
    return (
        registration.event.status == Event.Status.HELD
        and Attendance.objects.filter(registration=registration).exists()
    )


def make(*, by: User | None, registration: Registration) -> Attendance:
    """Theirs, with a code that stays the same however often it is asked for. Raises
    NoCertificate."""
    with transaction.atomic():
        event = places.lock(registration.event)
        found = _of(event).filter(registration=registration.pk).first()
        if found is None:
            raise NoCertificate(
                _("There is a certificate for those who came, once the event is held.")
            )
        _give_codes(by, [found])
    return found


def make_all(*, by: User | None, event: Event) -> list[Attendance]:
    """Of everybody who came, by name. Raises NoCertificate."""
    with transaction.atomic():
        event = places.lock(event)
        found = list(_of(event).order_by("registration__name", "pk"))
        if not found:
            raise NoCertificate(
                _("There is a certificate for those who came, once the event is held.")
            )
        _give_codes(by, found)
    return found


def check(code: str, surname: str) -> Checked | None:
    """None where no certificate has the code."""
    code = plain(code)
    rows = Attendance.objects.select_related("registration__event")
    found = rows.filter(certificate_code=code).first() if len(code) == LENGTH else None
    if found is None or found.registration.event.status != Event.Status.HELD:
        return None
    name = found.registration.name
    return Checked(found.registration.event, name if _is_surname(surname, name) else "")


def plain(code: str) -> str:
    """As it is kept, however it was typed."""
    return "".join(code.split()).replace("-", "").upper()


def spaced(code: str) -> str:
    """In groups of four, to be read aloud and typed."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def _of(event: Event) -> QuerySet[Attendance]:
    held = event.status == Event.Status.HELD
    rows = Attendance.objects.filter(registration__event=event)
    return rows.select_related("registration__event") if held else rows.none()


def _give_codes(by: User | None, rows: list[Attendance]) -> None:
    new = [row for row in rows if row.certificate_code is None]
    for row in new:
        row.certificate_code = get_random_string(LENGTH, places.ALPHABET)
    Attendance.objects.bulk_update(new, ["certificate_code"], batch_size=500)
    entries.record_many(by=by, action="certificate.made", targets=new)


def _is_surname(typed: str, name: str) -> bool:
    """The last words of the name, whatever their capitals and accents; a whole name
    will do as well."""
    asked, words = _words(typed), _words(name)
    return bool(asked) and words[-len(asked) :] == asked


def _words(name: str) -> list[str]:
    surname, comma, first = unicodedata.normalize("NFC", name).partition(",")
    text = f"{first} {surname}" if comma else surname
    words = (likeness.fold(word) for word in text.replace("-", " ").split())
    return [word for word in words if word]
