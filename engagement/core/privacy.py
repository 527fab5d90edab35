"""What each model holds of people: every app's `privacy.py` declares its models.

A test walks all models and fails where a field is not declared (General Data Protection
Regulation, articles 15, 17 and 30).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Model, Q


class Subject(NamedTuple):
    """The person asked about: the rows merged into them too, and every address."""

    people: tuple[int, ...]
    addresses: tuple[str, ...]
    users: tuple[int, ...] = ()


class Erase(Enum):
    """What becomes of a personal field when its person is erased."""

    ROW = "the whole row is deleted"
    CLEAR = "emptied, or None where the column allows it"
    UNIQUE = "replaced by a value that is nobody's and stays unique"
    UNLINK = "no longer points at the person"
    KEEP = "kept, for the reason given"


@dataclass(frozen=True)
class Personal:
    """A field that holds something of a person. `why` is needed where it is kept."""

    erase: Erase
    exported: bool = True
    why: str = ""


@dataclass(frozen=True)
class Declaration:
    """`about` finds the rows of a subject; None where no row is about anybody.

    `personal` and `plain` together name every column of the model once.
    """

    model: type[Model]
    plain: tuple[str, ...]
    personal: dict[str, Personal] = field(default_factory=dict)
    about: Callable[[Subject], Q] | None = None


_declarations: dict[type[Model], Declaration] = {}


def declare(
    model: type[Model],
    *,
    plain: str = "",
    personal: dict[str, Personal] | None = None,
    about: Callable[[Subject], Q] | None = None,
) -> None:
    """`plain` is the names of the fields that hold nothing of a person, with spaces."""
    _declarations[model] = Declaration(
        model, tuple(plain.split()), personal or {}, about
    )


def declarations() -> Iterator[Declaration]:
    """In the order of the apps, lowest first."""
    yield from _declarations.values()


def of(model: type[Any]) -> Declaration:
    """Raises KeyError where the model is not declared."""
    return _declarations[model]
