"""People and bodies that may be one: alike in name, and in body or address."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from engagement.people.models import (
    Affiliation,
    Alias,
    EmailAddress,
    Merge,
    NotTheSame,
    Organisation,
    Person,
)

# Of 100: "Siân Wyn-Jones" and "Sian Wynne Jones" have 92.
ALIKE = 90
# So many with one key are no duplicates but a habit, as "Admin" is.
COMMON = 50


class Pair(NamedTuple):
    one: int
    other: int


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """In lower case, without accents and marks, its words in order: "Wyn, Siân" and
    "SIAN WYN" are the same."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", letters)))


def alike(one: str, other: str) -> bool:
    """Whether two folded names may be the same person's.

    Numbers must agree: "Contact 12" is not "Contact 13". An initial stands for a name
    that begins with it.
    """
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return fuzz.ratio(one, other) >= ALIKE or _initials_fit(one, other)


def pairs_of_people() -> list[Pair]:
    """Alike in name, and with a body or an address's domain in common; without those
    that somebody has said are not the same. In one pass, by keys."""
    people = Person.objects.current().values_list("pk", "name")
    folded = {pk: fold(name) for pk, name in people}
    keys: dict[str, set[int]] = defaultdict(set)
    for person, body in _bodies():
        for word in folded.get(person, "").split():
            keys[f"{body} {word[:3]}"].add(person)
    found = {
        pair
        for group in keys.values()
        if len(group) <= COMMON
        for pair in _pairs(group)
        if alike(folded[pair.one], folded[pair.other])
    }
    return sorted(found - _known(Merge.Kind.PERSON))


class Index:
    """People on record by a body or a domain and the beginning of a word of their
    name. Made when it is first asked for."""

    @cached_property
    def names(self) -> dict[int, str]:
        return dict(Person.objects.current().values_list("pk", "name"))

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        keys: dict[str, list[int]] = defaultdict(list)
        for person, body in _bodies():
            for word in fold(self.names.get(person, "")).split():
                keys[f"{body} {word[:3]}"].append(person)
        return keys

    def like(self, name: str, address: str, body: int | None) -> list[tuple[int, str]]:
        """Who may be the person with this name, address and body: (number, name)."""
        folded = fold(name)
        places = [address.rpartition("@")[2].lower()]
        places += [f"body {body}"] if body else []
        near = {
            person
            for place in places
            for word in folded.split()
            if len(group := self.keys.get(f"{place} {word[:3]}", [])) <= COMMON
            for person in group
        }
        return sorted(
            (person, self.names[person])
            for person in near
            if alike(folded, fold(self.names[person]))
        )


def pairs_of_organisations() -> list[Pair]:
    """With one name in common, an earlier or a shorter one too."""
    keys: dict[str, set[int]] = defaultdict(set)
    current = Organisation.objects.current()
    for pk, english, welsh in current.values_list("pk", "name_en", "name_cy"):
        for name in (english, welsh):
            keys[fold(name)].add(pk)
    aliases = Alias.objects.filter(organisation__merged_into=None)
    for pk, name in aliases.values_list("organisation", "name"):
        keys[fold(name)].add(pk)
    found = {pair for bodies in keys.values() for pair in _pairs(bodies)}
    return sorted(found - _known(Merge.Kind.ORGANISATION))


def _bodies() -> Iterator[tuple[int, str]]:
    """Each person with each body and each domain they have."""
    posts = Affiliation.objects.exclude(organisation=None)
    for person, body in posts.values_list("person", "organisation"):
        yield person, f"body {body}"
    for person, address in EmailAddress.objects.values_list("person", "address"):
        yield person, address.rpartition("@")[2].lower()


def _pairs(keys: Iterable[int]) -> Iterator[Pair]:
    for one, other in combinations(sorted(set(keys)), 2):
        yield Pair(one, other)


def _known(kind: str) -> set[Pair]:
    rows = NotTheSame.objects.filter(kind=kind).values_list("one_id", "other_id")
    return {Pair(*row) for row in rows}


def _initials_fit(one: str, other: str) -> bool:
    """The same words but that one has "s" where the other has "sian"."""
    left, right = set(one.split()), set(other.split())
    only_left, only_right = sorted(left - right), sorted(right - left)
    return (
        bool(left & right)
        and len(only_left) == len(only_right) > 0
        and all(
            a[0] == b[0] and 1 in (len(a), len(b))
            for a, b in zip(only_left, only_right, strict=True)
        )
    )
