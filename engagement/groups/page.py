"""What everybody may know of a group: that it exists, what it does, that it has met, and
what it has decided."""

from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.events.models import Event
from engagement.groups.models import Action, Decision, Group, Meeting, Membership
from engagement.metrics.suppression import FEWEST
from engagement.metrics.words import number


class Met(NamedTuple):
    """`came` in words, "" where nobody counted; `small` where it says no more than that
    they were few."""

    meeting: Meeting
    came: str
    small: bool


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
        .with_attended()
    )
    latest = F("event__starts_at").desc(nulls_last=True)
    return [attendance(row) for row in rows.order_by(latest, "pk")]


def attendance(meeting: Meeting) -> Met:
    """From the rows (`attended`), or the head count of before Dolen."""
    counted = getattr(meeting, "attended", 0) or meeting.event.attended_reported or 0
    if 0 < counted < FEWEST:
        return Met(meeting, _("fewer than 5"), True)
    return Met(meeting, number(counted) if counted else "", False)


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
    return approved.exclude(event__status=Event.Status.DRAFT).with_attended()
