"""What an agenda shows: when each item begins, what is owed, and who was there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q
from django.utils import timezone

from engagement.events.models import Registration
from engagement.groups.models import Action, AgendaItem, Meeting, Membership


class Slot(NamedTuple):
    """An item and when it begins; None where the meeting's hour is not known."""

    item: AgendaItem
    starts_at: datetime | None
    arising: list[Action]


class Presence(NamedTuple):
    """Of how many seats somebody came. Without a quorum, `quorate` is None."""

    seats: int
    quorum: int | None

    @property
    def quorate(self) -> bool | None:
        return None if self.quorum is None else self.seats >= self.quorum


def slots(meeting: Meeting) -> list[Slot]:
    """In order; times are counted from the start of the meeting."""
    items = meeting.items.select_related("owner__person").prefetch_related(
        "papers",
        Prefetch("actions", Action.objects.select_related("owner__person")),
        "decisions",
        "notes",
    )
    return list(_timed(meeting, items))


def _timed(meeting: Meeting, items: Iterable[AgendaItem]) -> Iterable[Slot]:
    at = meeting.event.starts_at
    for item in items:
        for paper in item.papers.all():
            paper.meeting = meeting
        for decision in item.decisions.all():
            decision.group = meeting.group
        yield Slot(item, at, list(arising(meeting)) if item.carries else [])
        at = at + timedelta(minutes=item.duration) if at else None


def arising(meeting: Meeting) -> Iterable[Action]:
    """What was owed to the group from other meetings when this one began; now, for one
    that is ahead."""
    now = timezone.now()
    at = min(meeting.event.starts_at or now, now)
    rows = Action.objects.filter(group=meeting.group_id, created_at__lte=at)
    open_then = Q(settled_at=None) | Q(settled_at__gt=at)
    return (
        rows.filter(open_then).exclude(meeting=meeting).select_related("owner__person")
    )


def presence(meeting: Meeting) -> Presence:
    """Counts the seats of which the one who fills it came, or a deputy: the seat's own,
    or one they named for the day. Observers do not count."""
    quorum = meeting.group.quorum
    if meeting.event.starts_at is None:
        return Presence(0, quorum)
    came = Registration.objects.filter(
        event=meeting.event_id, attendance__isnull=False
    ).values_list("person", "source", "invitation__person")
    there = {person for person, _source, _asked in came}
    there |= {
        asked for _person, source, asked in came if source == Registration.Source.DEPUTY
    }
    day = timezone.localdate(meeting.event.starts_at)
    counted = (*Membership.FILLING, Membership.Role.DEPUTY)
    sat = Membership.objects.on(day).filter(
        seat__group=meeting.group_id, role__in=counted, person__in=there - {None}
    )
    return Presence(sat.order_by().values("seat").distinct().count(), quorum)
