"""What each model holds of people: every app's `privacy.py` declares its models.

A test walks all models and fails where a column is not declared. From the declarations
alone people are given what is held on them, and are erased (General Data Protection
Regulation, articles 15, 17 and 30).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils.functional import Promise


class Subject(NamedTuple):
    """Whom it is about: their rows, those merged into them too, and every address."""

    people: tuple[int, ...]
    addresses: tuple[str, ...]
    users: tuple[int, ...] = ()


class Erase(Enum):
    """What becomes of a personal field when its person is erased."""

    CLEAR = "emptied; None where there is no empty value"
    REPLACE = "replaced by a word that is nobody's and that no other row has"
    KEEP = "kept, for the reason given"


@dataclass(frozen=True)
class Personal:
    """A field that holds something of a person; `why` says why it is kept."""

    erase: Erase
    exported: bool = True
    why: str = ""


CLEARED = Personal(Erase.CLEAR)
REPLACED = Personal(Erase.REPLACE)


def kept(why: str, *, exported: bool = True) -> Personal:
    return Personal(Erase.KEEP, exported, why)


@dataclass(frozen=True)
class Declaration:
    """`about` finds the rows of a subject; None where no row is about anybody.

    `plain` and `personal` name every column of the model once. With `delete` the rows
    go when their person is erased. `settle` is called before, for what must be put in
    order first: with the user who erases, and the subject.
    """

    model: type[Model]
    plain: tuple[str, ...]
    personal: dict[str, Personal]
    about: Callable[[Subject], Q] | None
    title: str | Promise
    delete: bool
    settle: Callable[[Any, Subject], None] | None

    def rows(self, subject: Subject) -> Any:
        """The rows about the subject, past any manager's own rules."""
        condition = self.about(subject) if self.about else Q(pk__in=[])
        return self.model._base_manager.filter(condition)


_declarations: dict[type[Model], Declaration] = {}


def declare(
    model: type[Model],
    *,
    plain: str = "",
    personal: dict[str, Personal] | None = None,
    about: Callable[[Subject], Q] | None = None,
    title: str | Promise = "",
    delete: bool = False,
    settle: Callable[[Any, Subject], None] | None = None,
) -> None:
    """`plain` is the fields that hold nothing of a person, with spaces between; `title`
    is what people read over the rows about them."""
    _declarations[model] = Declaration(
        model, tuple(plain.split()), personal or {}, about, title, delete, settle
    )


def declarations() -> Iterator[Declaration]:
    """In the order of the apps, lowest first."""
    yield from _declarations.values()


def of(model: type[Any]) -> Declaration:
    """Raises KeyError where the model is not declared."""
    return _declarations[model]


def address_in(field: str, addresses: Iterable[str]) -> Q:
    """Rows whose `field` is one of these addresses, whatever its capitals."""
    condition = Q(pk__in=[])
    for address in addresses:
        condition |= Q(**{f"{field}__iexact": address})
    return condition
