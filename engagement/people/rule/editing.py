"""One step of changing a rule. Each gives a new rule and leaves the old one as it was.

The whole of the rule is always a group, so that there is something to add to.
"""

import hashlib
import json
from copy import deepcopy

from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.people.rule.shape import GROUPS, Rule


class NoSuchPlace(Refused):
    """The condition is not there, or not any more."""


def whole(rule: Rule) -> Rule:
    """A copy whose outermost part is a group."""
    if not rule:
        return {"all": []}
    copy: Rule = deepcopy(rule)
    return copy if any(word in copy for word in GROUPS) else {"all": [copy]}


def version(rule: Rule) -> str:
    """Another one for each content: forms carry it, so that nobody changes what they
    have not seen."""
    text = json.dumps(rule or whole(rule), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def added(rule: Rule, group: str, part: Rule) -> Rule:
    """With `part` at the end of a group. Raises NoSuchPlace, as all of these do."""
    new = whole(rule)
    _items(_at(new, group)).append(part)
    return new


def is_group(rule: Rule, place: str) -> bool:
    try:
        _items(_at(whole(rule), place))
    except NoSuchPlace:
        return False
    return True


def leaf_at(rule: Rule, place: str) -> Rule:
    found = _bare(_at(whole(rule), place))
    if "kind" not in found:
        raise _gone()
    return found


def replaced(rule: Rule, place: str, leaf: Rule) -> Rule:
    """With another leaf there; turned round as it was."""
    new = whole(rule)
    old = _bare(_at(new, place))
    if "kind" not in old:
        raise _gone()
    old.clear()
    old.update(leaf)
    return new


def removed(rule: Rule, place: str) -> Rule:
    new = whole(rule)
    group, _dot, number = place.rpartition(".")
    # _at has refused what is not a place.
    _at(new, place or "0")
    del _items(_at(new, group))[int(number) - 1]
    return new


def turned(rule: Rule, place: str) -> Rule:
    """Into its contrary, or back."""
    new = whole(rule)
    part = _at(new, place or "0")
    inner = part["not"] if "not" in part else {"not": deepcopy(part)}
    part.clear()
    part.update(inner)
    return new


def matched(rule: Rule, place: str, word: str) -> Rule:
    """A group of which all, or any, must be so from now on."""
    new = whole(rule)
    group = _bare(_at(new, place))
    items = _items(group)
    group.clear()
    group[word] = items
    return new


def _at(rule: Rule, place: str) -> Rule:
    """The part of `rule` itself, "not" and all, so that it can be changed."""
    part = rule
    for step in place.split(".") if place else []:
        items = _items(part)
        if not (step.isdecimal() and step.isascii() and 1 <= int(step) <= len(items)):
            raise _gone()
        part = items[int(step) - 1]
    return part


def _bare(part: Rule) -> Rule:
    while "not" in part:
        part = part["not"]
    return part


def _items(part: Rule) -> list[Rule]:
    bare = _bare(part)
    for word in GROUPS:
        if word in bare:
            items: list[Rule] = bare[word]
            return items
    raise _gone()


def _gone() -> NoSuchPlace:
    return NoSuchPlace(_("This condition is no longer there."))
