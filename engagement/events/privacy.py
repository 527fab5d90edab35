from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, REPLACED, Subject, address_in, declare
from engagement.events.models import Attendance, Event, Registration
from engagement.events.services import registrations


def _theirs(subject: Subject) -> Q:
    return Q(person__in=subject.people) | address_in("email", subject.addresses)


def _give_back(by: Any, subject: Subject) -> None:
    registrations.give_back(by=by, rows=Registration.objects.filter(_theirs(subject)))


declare(
    Event,
    plain="id source is_synthetic study slug kind status status_note_en status_note_cy "
    "title_en title_cy description_en description_cy starts_at ends_at starts_on "
    "date_note_en date_note_cy venue_en venue_cy capacity format_en format_cy "
    "audience_en audience_cy led_by_en led_by_cy outcome_en outcome_cy "
    "attended_reported created_at",
)
declare(
    Registration,
    title=_("Events you registered for"),
    about=_theirs,
    plain="id event reference sector language wants_welsh created_at cancelled_at",
    personal={
        "person": CLEARED,
        "name": CLEARED,
        "email": REPLACED,
        "organisation": CLEARED,
    },
    settle=_give_back,
)
declare(
    Attendance,
    title=_("Events you came to"),
    about=lambda subject: Q(registration__person__in=subject.people),
    plain="id registration marked_at",
)
