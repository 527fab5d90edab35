"""What was read most in a time, of each kind."""

from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from engagement.metrics import items
from engagement.metrics.models import DayCount
from engagement.metrics.reading_words import between
from engagement.metrics.services import readership

MOST = 20


class Entry(NamedTuple):
    pk: int
    item: items.Item
    requests: str
    investigations: str


class List(NamedTuple):
    kind: str
    label: items.Text
    entries: list[Entry]


def lists(first: date, last: date, *, drafts: bool) -> list[List]:
    """One for each kind of which anything was read; drafts for those who write them."""
    found = [
        _list(kind, one.label, first, last, drafts)
        for kind, one in items.kinds().items()
    ]
    return [one for one in found if one.entries]


def _list(kind: str, label: items.Text, first: date, last: date, drafts: bool) -> List:
    rows = DayCount.objects.filter(target_kind=kind).exclude(target_id=0)
    rows = rows.between(first, last).whole()
    ranked = (
        rows.values("target_id")
        .annotate(requests=Sum("requests_least"), all=Sum("investigations_most"))
        .filter(all__gt=0)
        .order_by("-requests", "-all", "target_id")[:MOST]
    )
    ids = [row["target_id"] for row in ranked]
    figures = readership.add_up(rows.filter(target_id__in=ids), "target_id")
    named = items.find(kind, ids)
    entries = [
        Entry(
            pk,
            named[pk],
            between(figures[pk].requests),
            between(figures[pk].investigations),
        )
        for pk in ids
        if pk in named and (drafts or named[pk].is_public)
    ]
    return List(kind, label, entries)
