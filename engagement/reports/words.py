"""The summary in words, made by rules from the tables that stand in the report: no
figure in it that is in none of them, and no change that chance alone could explain."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.reports.tables import POINTS, Table, shown

# How many gaps are named in a sentence.
NAMED = 6
SAID: Mapping[str, str | Promise] = {
    "deliveries": gettext_lazy(
        "Of %(base)s messages with issues, mail servers accepted %(value)s (%(share)s). Accepted is not read."
    ),
    "registrations": gettext_lazy(
        "Of %(base)s registrations that were made, %(value)s have a place (%(share)s)."
    ),
    "attendance": gettext_lazy(
        "Of %(base)s people who had a place at an event, %(value)s came (%(share)s)."
    ),
    "new-evidence": gettext_lazy(
        "Of %(base)s uses on record, %(value)s became known in this time (%(share)s)."
    ),
}
RANGES: Mapping[str, str | Promise] = {
    "readers": gettext_lazy(
        "Articles had at least %(value)s readers, and at most %(most)s."
    ),
    "downloads": gettext_lazy(
        "Files of outputs were asked for at least %(value)s times, and at most %(most)s."
    ),
}


class Said(NamedTuple):
    """Sentences under a heading; `key` is for their address."""

    key: str
    title: str
    sentences: Sequence[str]


def summary(tables: Mapping[str, Table], empty: Sequence[str]) -> list[Said]:
    """`tables` by their keys; `empty` are the cells of the map that nobody fills."""
    return [
        Said("reached", _("What was reached"), _reached(tables["funnel"])),
        Said("changed", _("What changed"), _changed(tables["compared"])),
        Said("missing", _("Whom we do not reach"), _missing(tables, empty)),
        Said("stands", _("Where things stand"), _stands(tables["standing"])),
    ]


def _reached(table: Table) -> list[str]:
    rows = zip(table.keys, table.rows, table.shown(), strict=True)
    return [_step(key, row, told) for key, row, told in rows]


def _step(key: str, row: Sequence[object], told: Sequence[str]) -> str:
    """By what is known of it: hidden, nothing, a range, or out of a base."""
    title, value, most, base, share = told
    words = {"title": title, "value": value, "most": most, "base": base, "share": share}
    if row[1] is None:
        return _("%(title)s: hidden, as a small count could be worked out.") % words
    if not row[3] and not row[2] and row[1] == 0:
        return _("%(title)s: none in this time.") % words
    if row[2] and key in RANGES:
        return str(RANGES[key]) % words
    if base and share and row[3] is not None and key in SAID:
        return str(SAID[key]) % words
    return _("%(title)s: %(value)s.") % words


def _changed(table: Table) -> list[str]:
    found = [said for row in table.rows if (said := _change(row))]
    if not found:
        return [_("There is nothing to compare with in the time before.")]
    return found


def _change(row: Sequence[object]) -> str:
    title, points, low, high = row[0], row[7], row[8], row[9]
    if not (
        isinstance(points, float) and isinstance(low, float) and isinstance(high, float)
    ):
        return ""
    words = {
        "title": title,
        "now": f"{row[3]}%",
        "before": f"{row[6]}%",
        "points": shown(points, POINTS),
        "low": shown(low, POINTS),
        "high": shown(high, POINTS),
    }
    if low <= 0 <= high:
        return (
            _(
                "%(title)s: no clear difference from the time before (%(before)s then, %(now)s now)."
            )
            % words
        )
    if points > 0:
        return (
            _(
                "%(title)s: more than in the time before: %(before)s then, %(now)s now, a difference of %(points)s points (95%% interval: %(low)s to %(high)s)."
            )
            % words
        )
    return (
        _(
            "%(title)s: less than in the time before: %(before)s then, %(now)s now, a difference of %(points)s points (95%% interval: %(low)s to %(high)s)."
        )
        % words
    )


def _missing(tables: Mapping[str, Table], empty: Sequence[str]) -> list[str]:
    found = []
    if targets := tables.get("reach"):
        none = [str(row[0]) for row in targets.rows if row[1] == 0]
        if none:
            words = {"who": _named(none)}
            found.append(_("Nobody was reached of: %(who)s.") % words)
    if empty:
        words = {"who": _named(empty)}
        found.append(_("Meant to be reached, and nobody was: %(who)s.") % words)
    if not targets:
        found.append(_("Whom the study means to reach is not on record."))
    return found or [
        _("Somebody was reached everywhere that the study means to reach.")
    ]


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) <= NAMED:
        return "; ".join(listed)
    return _("%(names)s; and others") % {"names": "; ".join(listed[:NAMED])}


def _stands(table: Table) -> list[str]:
    return [
        _("%(title)s: %(number)s.") % {"title": title, "number": told}
        for title, told in table.shown()
    ]
