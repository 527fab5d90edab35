"""For how long things are kept, and what keeps a person.

Every app registers its rules and ties in a `retention.py` of its own that is found at
start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from engagement.people.models import Person
from engagement.people.registry import whose
from engagement.people.services import merging

# Before anything of ours: whatever has ever happened has happened since.
EVER = datetime(1970, 1, 1, tzinfo=UTC)
Text = str | Promise
Rows = Callable[[datetime], "QuerySet[Any, Any]"]


def _nothing(_row: Any) -> Text:
    return ""


def _no(_row: Any) -> bool:
    return False


@dataclass(frozen=True)
class Rule:
    """One purpose, and what happens when it no longer holds.

    `due` gives the rows whose time had begun before a moment that lies `keep` back;
    `act`, called with `by` and `row`, must leave the row no longer due. `person` gives
    the number of whom a row is about, `words` what it is, where that is not the person.
    `ended` gives when a row's time began, where the notice lies within `keep` and not
    after it: for what was promised to go on a day.
    `excepts` says whether something that SQL cannot know keeps a row all the same, `related` what `words` needs beside it.
    """

    key: str
    position: int
    title: Text
    why: Text
    then: Text
    keep: timedelta
    model: type[Model]
    due: Rows
    act: Callable[..., None]
    person: Callable[[Any], int | None]
    words: Callable[[Any], Text] = _nothing
    excepts: Callable[[Any], bool] = _no
    related: tuple[str, ...] = ()
    ended: Callable[[Any], datetime] | None = None

    def rows(self) -> "QuerySet[Any, Any]":
        """All of its kind, with what `words` needs."""
        rows = self.model._base_manager.all()
        return rows.select_related(*self.related) if self.related else rows

    def still_due(self, pk: int, before: datetime) -> Any:
        """The row, or None where it is gone or not due any more."""
        row = self.due(before).filter(pk=pk).first()
        return None if row is None or self.excepts(row) else row


_rules: dict[str, Rule] = {}
_ties: dict[type[Model], Rows] = {}


def add_rule(rule: Rule) -> None:
    _rules[rule.key] = rule


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.position)


def add_tie(model: type[Model], rows: Rows) -> None:
    """`rows` gives the rows of the model that keep the person they point at: they hold
    now, or something happened since the time it is given."""
    _ties[model] = rows


def has_tie(model: type[Model]) -> bool:
    return model in _ties


def untied(since: datetime) -> "QuerySet[Person]":
    """People to whom nothing holds and nothing has happened since; nobody who signs in.

    A row of a model that no app has spoken for keeps its person for good: a new model
    can forget to let people go, never to keep them.
    """
    people: QuerySet[Person] = Person.objects.current().filter(user=None)
    for field in merging.pointing_at(Person):
        rows = _keeping(field.model, since)
        # What a merge could not move still points at the merged row.
        for column in (field.name, f"{field.name}__merged_into"):
            people = people.exclude(whose(rows, column))
    return people


def _keeping(model: type[Model], since: datetime) -> "QuerySet[Any, Any]":
    tie = _ties.get(model)
    return tie(since) if tie else model._base_manager.all()
