"""A rule in sentences, and why somebody is out."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.people import registry
from engagement.people.rule import shape
from engagement.people.rule.shape import Rule


class Line(NamedTuple):
    """A sentence; for a group, its heading and its lines. `match` is "all", "any" or,
    for a single condition, ""."""

    place: str
    words: str
    match: str = ""
    negated: bool = False
    lines: Sequence["Line"] = ()
    is_broken: bool = False


def outline(rule: Rule) -> Line:
    """Raises shape.BrokenRule where there is no tree; a condition that is broken only
    says so."""
    for _place, _leaf in shape.leaves(rule):
        pass
    return _line(rule or {"all": []}, "", negated=False)


def _line(node: Rule, place: str, *, negated: bool) -> Line:
    if "not" in node:
        return _line(node["not"], place, negated=not negated)
    if "kind" in node:
        try:
            return Line(place, sentence(node, place, negated=negated), negated=negated)
        except shape.BrokenRule as error:
            return Line(place, str(error), negated=negated, is_broken=True)
    match = "all" if "all" in node else "any"
    lines = [
        _line(child, shape.under(place, number), negated=False)
        for number, child in enumerate(node[match], start=1)
    ]
    return Line(place, _heading(match, negated=negated), match, negated, lines)


def sentence(leaf: Rule, place: str, *, negated: bool) -> str:
    """Raises shape.BrokenRule."""
    values = shape.values(leaf, place)
    kind = registry.kind(leaf["kind"])
    if kind is None:
        return ""
    return kind.lacks(values) if negated else kind.words(values)


def _heading(match: str, *, negated: bool) -> str:
    if match == "all":
        return _("Not all of these") if negated else _("All of these")
    return _("None of these") if negated else _("At least one of these")


def reasons(
    rule: Rule, holds: Callable[[str], bool], *, wanted: bool = True, place: str = ""
) -> list[Line]:
    """What stands against the rule being `wanted` for one person; [] where nothing does.

    `holds` says whether the condition at a place is so for them. A line with lines is a
    choice: one of them is enough. Raises shape.BrokenRule.
    """
    if "not" in rule:
        return reasons(rule["not"], holds, wanted=not wanted, place=place)
    if "kind" in rule:
        if holds(place) == wanted:
            return []
        return [Line(place, sentence(rule, place, negated=wanted))]
    match = "all" if "all" in rule else "any"
    against = [
        reasons(child, holds, wanted=wanted, place=shape.under(place, number))
        for number, child in enumerate(rule.get(match, []), start=1)
        if not _is_empty(child)
    ]
    # All that are wanted, or none at all: every reason counts. Else one mended is enough.
    if (match == "all") == wanted:
        return [line for lines in against for line in lines]
    if not against or not all(against):
        return []
    ways = [_together(lines) for lines in against]
    if len(ways) == 1:
        return ways
    return [Line(place, _("One of these would have to change"), "any", lines=ways)]


def _together(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return Line("", _("All of these together"), "all", lines=lines)


def _is_empty(node: Rule) -> bool:
    if "not" in node:
        return _is_empty(node["not"])
    return "kind" not in node and all(
        _is_empty(child) for word in shape.GROUPS for child in node.get(word, [])
    )


def either(names: Sequence[str | Promise]) -> str:
    """ "A", "A or B", "A, B or C"."""
    *most, last = [str(name) for name in names] or [""]
    if not most:
        return last
    return _("%(most)s or %(last)s") % {"most": ", ".join(most), "last": last}


def telling(
    text: Promise, names: Callable[[dict[str, Any]], str]
) -> Callable[[dict[str, Any]], str]:
    """For a kind of condition: the sentence with its `names` in it."""
    return lambda values: str(text) % {"names": names(values)}


def named(rows: "QuerySet[Any]", numbers: Sequence[str], field: str) -> list[str]:
    """The names of rows, in the order of their numbers, in the reader's language. One
    that is no longer there says so."""
    found = rows.in_bulk(keys(numbers))
    gone = _("(no longer there)")
    return [_name(found.get(n), field) or gone for n in keys(numbers)] or [gone]


def keys(numbers: Sequence[str]) -> list[int]:
    """Those that can be a primary key."""
    return [int(n) for n in numbers if n.isdecimal() and len(n) < 19]


def _name(row: Model | None, field: str) -> str:
    if row is None:
        return ""
    if hasattr(row, field):
        return str(getattr(row, field))
    return shown(row, field).text
