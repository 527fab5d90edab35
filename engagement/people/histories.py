"""What happened with a person, or with those who spoke for a body, in order of time."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from engagement.people import registry
from engagement.people.models import Organisation, Person
from engagement.people.registry import Happening
from engagement.people.services import subjects


def of_person(person: Person, *, about: str = "") -> list[Happening]:
    """Newest first. `about` leaves all but one of registry.About out."""
    return _ordered(_happened(subjects.of(person).people), about)


def of_organisation(body: Organisation, *, about: str = "") -> list[Happening]:
    """Newest first; of each person, what happened while they had a post there."""
    posts = list(
        body.affiliations.filter(person__merged_into=None).values_list(
            "person", "started_on", "ended_on"
        )
    )
    happened = _happened({person for person, _start, _end in posts})
    spells: dict[int, list[tuple[date, date]]] = {}
    for person, start, end in posts:
        spell = (start or date.min, end or date.max)
        spells.setdefault(person, []).append(spell)
    return _ordered((one for one in happened if _within(one, spells)), about)


def midnight(day: date) -> datetime:
    """When a day began in Wales: for what is known only to the day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _happened(people: "set[int] | tuple[int, ...]") -> Iterator[Happening]:
    for source in registry.history() if people else []:
        yield from source(people)


def _within(one: Happening, spells: dict[int, list[tuple[date, date]]]) -> bool:
    day = timezone.localdate(one.at)
    return any(start <= day <= end for start, end in spells[one.person_id])


def _ordered(happened: Iterator[Happening], about: str) -> list[Happening]:
    kept = (one for one in happened if about in {"", one.about})
    return sorted(kept, key=lambda one: one.at, reverse=True)
