"""The words of the audit trail. Each app says its own in an `audit.py`, which is found at
start: what may be done, what each detail of it means, and to what kinds of things."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Model
from django.utils.functional import Promise

Text = str | Promise


class Fact(NamedTuple):
    """A detail of an entry: its label, and words for its values where they are codes."""

    label: Text
    values: Mapping[str, Text] = {}


class _Action(NamedTuple):
    label: Text
    facts: dict[str, Fact]


_actions: dict[str, _Action] = {}
_kinds: dict[str, Text] = {}


def add(action: str, label: Text, /, **facts: Text | Fact) -> None:
    """`action` is "noun.verb", as it is recorded; `facts` are the details that are
    recorded with it, by their names."""
    known = {
        name: fact if isinstance(fact, Fact) else Fact(fact)
        for name, fact in facts.items()
    }
    _actions[action] = _Action(label, known)


def add_kind(model: type[Model], label: Text) -> None:
    """What a row of the model is called, on its own and with a capital."""
    _kinds[model._meta.label_lower] = label


def actions() -> dict[str, Text]:
    """The label of each action."""
    return {action: one.label for action, one in _actions.items()}


def kinds() -> dict[str, Text]:
    """The label of each kind of target, by the model's label ("people.person")."""
    return dict(_kinds)


def facts(action: str) -> dict[str, Fact]:
    """By the name of the detail; empty for what no app says any longer."""
    known = _actions.get(action)
    return known.facts if known else {}
