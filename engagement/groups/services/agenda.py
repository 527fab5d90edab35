"""What a meeting speaks about, in order."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups.models import Action, AgendaItem, Meeting, Purpose
from engagement.groups.services import records

MATTERS_ARISING = {"title_en": "Matters arising", "title_cy": "Materion yn codi"}


class HasARecord(Refused):
    """Something was written, settled or promised under it, and would lose its place."""


def add(*, by: User | None, meeting: Meeting, fields: Mapping[str, Any]) -> AgendaItem:
    """At the end. Raises records.Frozen."""
    with transaction.atomic():
        meeting = records.open_(meeting)
        item = meeting.items.create(**fields, position=meeting.items.count())
        entries.record(by=by, action="item.added", target=item)
    return item


def change(*, by: User | None, item: AgendaItem, fields: Mapping[str, Any]) -> None:
    """What it is and how long it takes; what was said is for `minutes`. Raises
    records.Frozen."""
    with transaction.atomic():
        meeting = records.open_(item.meeting)
        meeting.items.filter(pk=item.pk).update(**fields)
        entries.record(by=by, action="item.changed", target=item)


def move(*, by: User | None, item: AgendaItem, up: bool) -> None:
    """One place up or down; nothing at the end. Raises records.Frozen."""
    with transaction.atomic():
        meeting = records.open_(item.meeting)
        order = list(meeting.items.values_list("pk", flat=True))
        if item.pk not in order:
            return
        here = order.index(item.pk)
        there = min(max(here + (-1 if up else 1), 0), len(order) - 1)
        order[here], order[there] = order[there], order[here]
        _place(order)
        entries.record(by=by, action="item.moved", target=item)


def remove(*, by: User | None, item: AgendaItem) -> None:
    """Its papers stay the meeting's. A second time changes nothing. Raises HasARecord
    or records.Frozen."""
    with transaction.atomic():
        meeting = records.open_(item.meeting)
        found = meeting.items.filter(pk=item.pk).first()
        if found is None:
            return
        said = found.minutes_en or found.minutes_cy
        if said or found.decisions.exists() or found.actions.exists():
            raise HasARecord(
                _("Something is on record under this item, so it cannot be removed.")
            )
        entries.record(by=by, action="item.removed", target=found)
        found.delete()
        _place(list(meeting.items.values_list("pk", flat=True)))


def carry(*, by: User | None, meeting: Meeting) -> None:
    """What is still owed to the group comes first, once. Whoever calls has locked the
    meeting."""
    owed = Action.objects.open().filter(group=meeting.group_id).exclude(meeting=meeting)
    if not owed.exists() or meeting.items.filter(carries=True).exists():
        return
    item = meeting.items.create(
        **MATTERS_ARISING, carries=True, purpose=Purpose.DISCUSSION
    )
    rest = meeting.items.exclude(pk=item.pk).values_list("pk", flat=True)
    _place([item.pk, *rest])
    entries.record(by=by, action="item.carried", target=item)


def _place(order: list[int]) -> None:
    rows = [AgendaItem(pk=pk, position=place) for place, pk in enumerate(order)]
    AgendaItem.objects.bulk_update(rows, ["position"])
