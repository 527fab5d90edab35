"""Whom the participants of a report are among those registered."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engagement.core import digests
from engagement.events.models import Event, Participant, Registration
from engagement.events.services import report_reading
from engagement.events.services.report_reading import Somebody
from engagement.people.models import EmailAddress
from engagement.people.services import likeness

AT_ONCE = 5000
# "Siân Wyn (Guest)" of Teams, "Siân (Siân Wyn)" of Zoom.
BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)")


class Match(NamedTuple):
    """`how` is "address", "name", "before" (said of the same participant in another report
    of the event), or empty where nobody is found."""

    registration: int | None = None
    how: str = ""
    ignored: bool = False


def match(event: Event, people: Sequence[Somebody]) -> list[Match]:
    """One for each, in their order; nothing is guessed: a name that two have is nobody's."""
    registered = list(event.registrations.in_force())
    before, addresses = _before(event), _by_address(registered, people)
    names = _by_name(registered)
    found = [
        before.get(one.key) or _of(addresses, one.addresses, "address")
        for one in people
    ]
    asked = defaultdict(set)
    for one, known in zip(people, found, strict=True):
        if not known and one.email:
            for pk in _named(names, one.name):
                asked[pk].add(one.key)
    for place, one in enumerate(people):
        if not found[place]:
            pks = _named(names, one.name)
            # Two people of that name, each with an address of their own: which is meant?
            if len(pks) == 1 and all(len(asked[pk]) < 2 for pk in pks):
                found[place] = Match(min(pks), "name")
    return [known or Match() for known in found]


def _before(event: Event) -> dict[str, Match]:
    rows = Participant.objects.filter(
        report__event=event, report__applied_at__isnull=False
    ).exclude(name="")
    in_force = set(event.registrations.in_force().values_list("pk", flat=True))
    fields = rows.order_by("pk").values_list("name", "email", "registration", "ignored")
    return {
        report_reading.key(name, email): Match(pk, "before", ignored)
        for name, email, pk, ignored in fields
        if ignored or pk in in_force
    }


def _by_address(
    registered: Sequence[Registration], people: Sequence[Somebody]
) -> dict[str, set[int]]:
    """The address they registered with, else any that is on record as theirs."""
    found: dict[str, set[int]] = defaultdict(set)
    theirs: dict[int, set[int]] = defaultdict(set)
    for one in registered:
        if one.person_id:
            theirs[one.person_id].add(one.pk)
    asked = {digests.of_address(a): a for one in people for a in one.addresses}
    for keys in _parts(list(asked)):
        rows = EmailAddress.objects.filter(digest__in=keys)
        for digest, person in rows.values_list("digest", "person"):
            found[asked[digest]] |= theirs.get(person, set())
    for one in registered:
        if one.email:
            found[digests.normal(one.email)] = {one.pk}
    return found


def _of(known: dict[str, set[int]], keys: set[str], how: str) -> Match | None:
    pks = {pk for each in keys for pk in known.get(each, ())}
    return Match(min(pks), how) if len(pks) == 1 else None


def _by_name(registered: Sequence[Registration]) -> dict[str, set[int]]:
    names: dict[str, set[int]] = defaultdict(set)
    for one in registered:
        names[likeness.fold(one.name)].add(one.pk)
    return names


def _named(names: dict[str, set[int]], name: str) -> set[int]:
    """As it stands, without what stands in brackets, or what stands there."""
    for form in _forms(name):
        if form and (pks := names.get(likeness.fold(form))):
            return pks
    return set()


def _forms(name: str) -> Iterator[str]:
    yield name
    if bracketed := BRACKETS.fullmatch(name):
        yield from bracketed.groups()


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
