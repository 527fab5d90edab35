"""What everybody may know of a group: that it exists, what it does, that it has met, and
what it has decided."""

from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from engagement.events import afterwards
from engagement.events.models import Event
from engagement.groups.models import Action, Decision, Group, Meeting, Membership
from engagement.metrics.presentation import Told
from engagement.metrics.words import count_or_hidden


class Met(NamedTuple):
    """`came` in words, "" where nobody counted; `hides` where it does not say."""

    meeting: Meeting
    came: str
    hides: bool


def named(group: Group) -> set[int]:
    """The memberships whose holders agreed that the public knows their names."""
    rows = Membership.objects.on(timezone.localdate()).filter(seat__group=group)
    return {row.pk for row in rows.with_named() if getattr(row, "named", False)}


def coming(group: Group) -> QuerySet[Meeting]:
    """The next one first. What has no time cannot be gone to."""
    upcoming = Event.objects.upcoming().filter(starts_at__isnull=False)
    rows = group.meetings.filter(event__in=upcoming.order_by().values("pk"))
    return rows.select_related("event").order_by("event__starts_at", "pk")


def met(group: Group) -> list[Met]:
    """The latest first, those whose day nobody knows last; drafts are no meetings."""
    ahead = Q(event__starts_at__gt=timezone.now()) | Q(
        pk__in=coming(group).values("pk")
    )
    rows = (
        Meeting.objects.filter(group=group)
        .exclude(ahead)
        .exclude(event__status=Event.Status.DRAFT)
        .select_related("event")
    )
    latest = F("event__starts_at").desc(nulls_last=True)
    meetings = list(rows.order_by(latest, "pk"))
    came = afterwards.totals(row.event for row in meetings)
    return [_met(row, came[row.event_id]) for row in meetings]


def attendance(meeting: Meeting) -> Met:
    """The number that the summary of the same event has."""
    came = afterwards.totals([meeting.event])
    return _met(meeting, came[meeting.event_id])


def _met(meeting: Meeting, came: Told) -> Met:
    words = count_or_hidden(came) if came != "" else ""
    return Met(meeting, words if came != 0 else "", came is None)


def owed(group: Group) -> QuerySet[Action]:
    """Open actions without their owners; none of an item that is not for the public."""
    rows = group.actions.open().exclude(item__redacted=True)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def decisions(group: Group) -> QuerySet[Decision]:
    """All, the latest first: of those not for the public the page gives the number, so
    that it can be seen that none is missing."""
    rows = group.decisions.select_related(
        "meeting__event", "item", "replaced_by__group"
    )
    return rows.order_by("-year", "-number")


def published(group: Group) -> QuerySet[Meeting]:
    """Whose minutes everybody may read: approved, and said to be public."""
    approved = Meeting.objects.filter(
        group=group, minutes=Meeting.Minutes.APPROVED, minutes_public=True
    )
    return approved.exclude(event__status=Event.Status.DRAFT)
