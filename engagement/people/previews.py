"""What an audience would be if it were used now."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from engagement.people.models import (
    Audience,
    EmailAddress,
    Person,
    Sector,
    Suppression,
)
from engagement.people.models.people import PersonQuerySet
from engagement.people.queries import can_be_written_to, sector_of
from engagement.people.rule import conditions, shape, words
from engagement.people.rule.words import Line


class Verdict(NamedTuple):
    """Whether somebody is in; if not, why; and why they could not be written to."""

    person: Person
    is_in: bool
    reasons: list[Line]
    unreachable: str


def by_sector(people: PersonQuerySet) -> dict[str, int]:
    """How many of each sector that occurs, "" where it is not known; everybody once."""
    found = people.order_by().annotate(sector=sector_of("pk")).values_list("sector")
    counted = dict(found.annotate(number=Count("pk")))
    return {key: counted[key] for key in [*Sector.values, ""] if key in counted}


def unreachable(people: PersonQuerySet) -> PersonQuerySet:
    """Those of them who cannot be written to, whatever for."""
    return people.exclude(can_be_written_to("pk"))


def out_of(audience: Audience) -> PersonQuerySet:
    """Everybody else. Raises shape.BrokenRule."""
    out = Person.objects.current().filter(~conditions.of(audience.rule))
    return out.order_by("name", "pk")


def why_unreachable(people: Collection[Person]) -> dict[int, str]:
    """The reason in words for each of these who cannot be written to."""
    addresses = EmailAddress.objects.filter(person__in=people)
    digests = dict(addresses.values_list("digest", "person"))
    reasons = {row.pk: _("No address is on record") for row in people if not row.email}
    in_force = Suppression.objects.filter(lifted_at=None, digest__in=digests)
    return reasons | {digests[row.digest]: row.get_reason_display() for row in in_force}


def verdicts(audience: Audience, people: Collection[Person]) -> list[Verdict]:
    """For each of these people. One query a condition. Raises shape.BrokenRule."""
    numbers = [person.pk for person in people]
    among = Person.objects.current().filter(pk__in=numbers)
    inside = _numbers(among, conditions.of(audience.rule))
    held = {
        place: _numbers(among, conditions.of_leaf(leaf, place))
        for place, leaf in shape.leaves(audience.rule)
    }
    stopped = why_unreachable(people)

    def of(person: Person) -> Verdict:
        is_in = person.pk in inside
        against = (
            []
            if is_in
            else words.reasons(audience.rule, lambda place: person.pk in held[place])
        )
        return Verdict(person, is_in, against, stopped.get(person.pk, ""))

    return [of(person) for person in people]


def _numbers(people: PersonQuerySet, condition: Q) -> set[int]:
    return set(people.filter(condition).values_list("pk", flat=True))
