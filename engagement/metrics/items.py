"""What was asked for, by name. The apps that own it register functions in an `items.py`
of theirs, as metrics stands below them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

Ids = Iterable[int]
Text = str | Promise


class Author(NamedTuple):
    name: str
    orcid: str = ""


class Item(NamedTuple):
    """A work, in the words of COUNTER 5.1 (3.3) where it has them: `data_type` is of
    items, that of the parent of titles. `address` is a path of this site."""

    title: str
    address: str
    data_type: str
    access_type: str = "Free_To_Read"
    authors: tuple[Author, ...] = ()
    published: date | None = None
    publisher: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    parent: "Item | None" = None
    # What is not, is in no report that anybody may have.
    is_public: bool = True


class Kind(NamedTuple):
    """`find` names items in the reader's language; what is gone is left out."""

    label: Text
    find: Callable[[Ids], dict[int, Item]]


class Target(NamedTuple):
    """`work_of` leads from a target to its item. `is_request`: whether it gives the work
    in full (COUNTER 5.1, 3.3.3); else it is an investigation and no more."""

    item_kind: str
    is_request: bool
    work_of: Callable[[Ids], dict[int, int]]


_kinds: dict[str, Kind] = {}
_targets: dict[str, Target] = {}
_sectors: dict[str, Text] = {}


def _itself(ids: Ids) -> dict[int, int]:
    return {one: one for one in ids}


def register(kind: str, label: Text, find: Callable[[Ids], dict[int, Item]]) -> None:
    _kinds[kind] = Kind(label, find)


def register_target(
    kind: str,
    *,
    item_kind: str,
    is_request: bool,
    work_of: Callable[[Ids], dict[int, int]] = _itself,
) -> None:
    """Of hits of this kind. Those of other kinds, as feeds, are of no work."""
    _targets[kind] = Target(item_kind, is_request, work_of)


def register_sectors(labels: Mapping[str, Text]) -> None:
    """What the codes in the sector of a hit mean."""
    _sectors.update(labels)


def sectors() -> dict[str, Text]:
    return dict(_sectors)


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def target(kind: str) -> Target | None:
    return _targets.get(kind)


def find(kind: str, ids: Ids) -> dict[int, Item]:
    """Empty for a kind that nobody registered."""
    known = _kinds.get(kind)
    return known.find(ids) if known else {}
