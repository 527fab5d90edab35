"""What is tied to what, in the terms of PROV-O (https://www.w3.org/TR/prov-o/).

An app says what kinds of things it has and which of their columns tie them (`ties.py`
here for all below evidence; apps above register the same way in a module `evidence_ties`,
which is found at start). Nobody is told more than they may see: a thing that its finder
leaves out for this user is not there.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit.registry import Text
from engagement.core.bilingual import shown

Reader = User | AnonymousUser


class Ref(NamedTuple):
    kind: str
    pk: int


class Thing(NamedTuple):
    """`url` is "" where this reader has no page of it. `at` is when it came to be."""

    ref: Ref
    title_en: str
    title_cy: str
    url: str
    study_id: int | None = None
    at: date | None = None
    is_synthetic: bool = False


class Edge(NamedTuple):
    source: Ref
    relation: str
    target: Ref


class Kind(NamedTuple):
    """`prov` is Entity, Activity or Agent."""

    name: str
    label: Text
    prov: str
    find: Callable[[Reader, Collection[int]], Iterable[Thing]]


class Tie(NamedTuple):
    words: Text
    thing: Thing


# What a tie is called from its source, and from its target.
RELATIONS: dict[str, tuple[Text, Text]] = {
    "used": (_("used"), _("was used by")),
    "wasDerivedFrom": (_("draws on"), _("is drawn on by")),
    "wasRevisionOf": (_("takes the place of"), _("was followed by")),
    "wasGeneratedBy": (_("came of"), _("brought about")),
    "wasInformedBy": (_("was informed by"), _("informed")),
    "wasInfluencedBy": (_("speaks of"), _("is spoken of in")),
    "wasAssociatedWith": (_("was carried out by"), _("took part in")),
    "hadMember": (_("contains"), _("stands in")),
}
Finder = Callable[[str, Collection[int]], Iterator[Edge]]
_kinds: dict[str, Kind] = {}
_finders: list[Finder] = []


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def add_ties(finder: Finder) -> None:
    """`finder` gives all edges that it knows at things of a kind, in either direction."""
    _finders.append(finder)


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def find(ref: Ref, reader: Reader) -> Thing | None:
    """None for what is not there, or not for this reader."""
    return things([ref], reader).get(ref)


def things(refs: Iterable[Ref], reader: Reader) -> dict[Ref, Thing]:
    """One look-up for each kind among them; those that are there and may be seen."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        wanted[ref.kind].add(ref.pk)
    return {
        thing.ref: thing
        for name, pks in wanted.items()
        if name in _kinds
        for thing in _kinds[name].find(reader, pks)
    }


def edges(refs: Iterable[Ref]) -> list[Edge]:
    """All at these things, each once."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        wanted[ref.kind].add(ref.pk)
    found = {
        edge: None
        for name, pks in wanted.items()
        for finder in _finders
        for edge in finder(name, pks)
    }
    return list(found)


def around(ref: Ref, reader: Reader) -> list[tuple[Kind, list[Tie]]]:
    """What it is tied to, by kind in the order of registration, then by title."""
    at = edges([ref])
    there = things((end for edge in at for end in (edge.source, edge.target)), reader)
    groups: dict[str, list[Tie]] = defaultdict(list)
    for edge in at:
        forward = edge.source == ref
        other = edge.target if forward else edge.source
        if other in there and other != ref:
            words = RELATIONS[edge.relation][0 if forward else 1]
            groups[other.kind].append(Tie(words, there[other]))
    return [
        (kind, sorted(groups[name], key=lambda tie: shown(tie.thing, "title").text))
        for name, kind in _kinds.items()
        if groups[name]
    ]
