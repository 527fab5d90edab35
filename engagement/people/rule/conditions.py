"""A rule as a condition in SQL."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from engagement.people import registry
from engagement.people.rule import shape
from engagement.people.rule.shape import Rule

NOBODY = Q(pk__in=[])


def of(rule: Any) -> Q:
    """The condition on people. Raises shape.BrokenRule.

    An empty group says nothing, and is passed over. A rule that says nothing at all has
    nobody in it: else a new audience would be everybody.
    """
    for _place, _leaf in shape.leaves(rule):
        pass
    found = _of(rule, "")
    return NOBODY if found is None else found


def of_leaf(leaf: Rule, place: str) -> Q:
    """Raises shape.BrokenRule."""
    kind = registry.kind(leaf["kind"])
    values = shape.values(leaf, place)
    # Its values are good only where its kind is known.
    return kind.condition(values) if kind else NOBODY


def _of(node: Rule, place: str) -> Q | None:
    if "kind" in node:
        return of_leaf(node, place)
    if "not" in node:
        inner = _of(node["not"], place)
        return None if inner is None else ~inner
    for word, joined in (("all", and_), ("any", or_)):
        if word in node:
            parts = [
                part
                for number, child in enumerate(node[word], start=1)
                if (part := _of(child, shape.under(place, number))) is not None
            ]
            return reduce(joined, parts) if parts else None
    return None
