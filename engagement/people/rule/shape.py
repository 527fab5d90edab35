"""What may stand in a rule, and where it is wrong."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.people import registry

Rule = dict[str, Any]
GROUPS = ("all", "any")
# More than anybody can read; and well below what Python and the databases nest.
DEPTH, SIZE = 8, 60


class BrokenRule(Refused):
    """The message names the place."""


def check(rule: Any, *, known: Collection[Rule] = ()) -> None:
    """Raises BrokenRule. Leaves that are `known` were checked when they were saved; what
    they name may have been deleted since."""
    for place, leaf in leaves(rule):
        if leaf not in known:
            values(leaf, place, strictly=True)


def leaves(rule: Any) -> Iterator[tuple[str, Rule]]:
    """Each condition with its place, the shape of the tree checked on the way."""
    if rule == {}:
        return
    for size, (place, node) in enumerate(_walk(rule, "", 0), start=1):
        if size > SIZE:
            raise BrokenRule(
                _("A rule has at most %(number)s parts.") % {"number": SIZE}
            )
        if "kind" in node:
            yield place, node


def _walk(node: Any, place: str, depth: int) -> Iterator[tuple[str, Rule]]:
    if depth > DEPTH:
        raise broken(place, _("Groups are nested too deeply."))
    if not isinstance(node, dict):
        raise broken(place, _("This is not a condition."))
    yield place, node
    if "kind" in node:
        return
    if len(node) != 1:
        raise broken(place, _("This is not a condition."))
    ((word, inner),) = node.items()
    if word == "not":
        yield from _walk(inner, place, depth + 1)
    elif word in GROUPS and isinstance(inner, list):
        for number, child in enumerate(inner, start=1):
            yield from _walk(child, under(place, number), depth + 1)
    else:
        raise broken(place, _("This is not a condition."))


def under(place: str, number: int) -> str:
    return f"{place}.{number}" if place else str(number)


def broken(place: str, error: str) -> BrokenRule:
    if not place:
        return BrokenRule(_("The rule is broken. %(error)s") % {"error": error})
    told = {"place": place, "error": error}
    return BrokenRule(_("Condition %(place)s is broken. %(error)s") % told)


def values(leaf: Rule, place: str, *, strictly: bool = False) -> dict[str, Any]:
    """The leaf's values, each of its field's type. Raises BrokenRule.

    `strictly` refuses a choice that is not there (any more) too.
    """
    kind = registry.kind(leaf["kind"])
    if kind is None:
        raise broken(place, _("Dolen does not know this kind of condition."))
    fields = kind.fields()
    if strange := sorted(set(leaf) - {"kind", *fields}):
        told = {"names": ", ".join(strange)}
        raise broken(place, _("It has values nobody asked for: %(names)s.") % told)
    try:
        return {
            name: _value(field, leaf.get(name), strictly=strictly)
            for name, field in fields.items()
        }
    except ValidationError as error:
        raise broken(place, " ".join(error.messages)) from error


def _value(field: forms.Field, raw: Any, *, strictly: bool) -> Any:
    if strictly:
        return field.clean(raw)
    value = field.to_python(raw)
    if field.required and value in field.empty_values:
        raise ValidationError(field.error_messages["required"])
    field.run_validators(value)
    return value
