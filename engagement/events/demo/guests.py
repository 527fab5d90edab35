"""Synthetic people at the events that are made up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from engagement.accounts.models import User
from engagement.events.models import Event, Registration
from engagement.events.services.places import ALPHABET
from engagement.people.models import Person

HALL = {
    "venue_en": "Demonstration hall (synthetic), Cardiff",
    "venue_cy": "Neuadd arddangos (synthetig), Caerdydd",
    "capacity": 40,
    "is_synthetic": True,
}


def of_sector(sector: str) -> Iterator[Person | None]:
    """Its synthetic contacts, then nobody on record, without end."""
    theirs = Q(affiliations__organisation__sector=sector) | Q(
        affiliations__stated_sector=sector
    )
    known = Person.objects.filter(theirs, is_synthetic=True).distinct().order_by("pk")
    return chain(known[:30], iter(lambda: None, 0))


def register(
    event: Event, people: Iterator[Person | None], number: int, sector: str, **more: Any
) -> list[Registration]:
    """`number` of them, not saved; made-up names where nobody is on record."""
    return [
        registration(event, next(people), position, sector, **more)
        for position in range(1, number + 1)
    ]


def registration(
    event: Event, person: Person | None, number: int, sector: str, **more: Any
) -> Registration:
    reference = get_random_string(8, ALPHABET)
    fields: dict[str, Any] = {
        "name": person.name if person else f"Synthetic person {number}",
        "email": person.email.lower() if person else _address(reference),
        "language": person.language if person else "en",
        "wants_welsh": number % 4 == 0,
    }
    return Registration(
        event=event,
        person=person,
        sector=sector,
        reference=reference,
        **fields | more,
    )


def _address(reference: str) -> str:
    return f"{reference.lower()}@synthetic.example.org"


def thursday(day: datetime) -> datetime:
    """Ten in the morning of the Thursday of that week."""
    moved = day + timedelta(days=3 - day.weekday())
    return moved.replace(hour=10, minute=0, second=0, microsecond=0)


def weeks(number: int) -> datetime:
    """That many weeks from the day of the first loading, in Wales."""
    return timezone.localtime() + timedelta(weeks=number)


def manager() -> User | None:
    return User.objects.filter(email="manager@example.org").first()
