"""What the apps above tell people, each in a module of its own that is found at start.

`history.py` registers sources of a person's history, `audiences.py` kinds of rules,
`successions.py` what somebody may hold that needs a successor.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class About(TextChoices):
    """What a line of somebody's history has to do with."""

    MAIL = "mail", _("Newsletters")
    EVENT = "event", _("Events")
    GROUP = "group", _("Groups")
    ENQUIRY = "enquiry", _("Enquiries")
    CONSENT = "consent", _("Consent")
    POST = "post", _("Posts")


class Happening(NamedTuple):
    """One line of somebody's history, in the reader's language."""

    at: datetime
    about: About
    text: str
    person_id: int
    url: str = ""


class Held(NamedTuple):
    """Something a person holds that somebody else must take over."""

    what_en: str
    what_cy: str
    target_kind: str
    target_id: int
    url: str = ""


@dataclass(frozen=True)
class RuleKind:
    """A kind of leaf in an audience's rule.

    `fields` are the form fields that ask for its values; `condition` turns the cleaned
    values into a condition on people, worked out in SQL; `words` says it in a sentence
    ("Sector is Local authority or Academic"), and `lacks` says the contrary: for a
    condition turned round, and for why somebody is left out.
    """

    key: str
    position: int
    title: Text
    fields: Callable[[], dict[str, forms.Field]]
    condition: Callable[[dict[str, Any]], Q]
    words: Callable[[dict[str, Any]], str]
    lacks: Callable[[dict[str, Any]], str]


Source = Callable[[Collection[int]], Iterable[Happening]]
Asked = Callable[[datetime], "QuerySet[Any, Any]"]

_history: list[Source] = []
_kinds: dict[str, RuleKind] = {}
_holdings: list[Callable[[int], Iterable[Held]]] = []
_askings: list[Asked] = []


def add_history(source: Source) -> None:
    """`source` gives what happened with people of these numbers, in any order."""
    _history.append(source)


def history() -> list[Source]:
    return list(_history)


def add_kind(kind: RuleKind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[RuleKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.position)


def kind(key: object) -> RuleKind | None:
    """None where no app has registered it."""
    return _kinds.get(key) if isinstance(key, str) else None


def whose(rows: "QuerySet[Any, Any]", column: str = "person") -> Q:
    """The people that `rows` point at with `column`, as one list that the database makes
    once.

    Rows that have lost their person are left out: NOT IN a list with a NULL is nobody.
    """
    known = rows.filter(**{f"{column}__isnull": False})
    return Q(pk__in=known.order_by().values(column))


def add_holding(held_by: Callable[[int], Iterable[Held]]) -> None:
    """`held_by` gives what the person of this number holds now."""
    _holdings.append(held_by)


def holdings() -> list[Callable[[int], Iterable[Held]]]:
    return list(_holdings)


def add_asking(asked_since: Asked) -> None:
    """`asked_since` gives the numbers of the people asked for something since a time:
    a query set of one column, for a condition in SQL."""
    _askings.append(asked_since)


def askings() -> list[Asked]:
    return list(_askings)
