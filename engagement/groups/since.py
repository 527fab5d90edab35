"""What a group's study reached since the group last met."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from engagement.events.models import Event
from engagement.groups.models import Group, Meeting
from engagement.studies import reach
from engagement.studies.sections import Section

# For a group that has not met, or not for longer than anybody knows.
OTHERWISE = timedelta(days=90)


class Reached(NamedTuple):
    """`met` says whether `since` is when the group last met."""

    since: datetime
    until: datetime
    met: bool
    sections: list[Section]

    @property
    def hides(self) -> bool:
        return any(figure.hides for part in self.sections for figure in part.figures)


def reached(group: Group, before: Meeting | None = None) -> Reached:
    """Until now, or until a meeting that has begun; of a group without a study, nothing.
    In the reader's language."""
    until = timezone.now()
    if before and before.event.starts_at:
        until = min(until, before.event.starts_at)
    held = group.meetings.filter(
        event__status=Event.Status.HELD, event__starts_at__lt=until
    )
    last = held.aggregate(last=Max("event__starts_at"))["last"]
    since = last or until - OTHERWISE
    study = group.study
    parts = reach.report(study, since, until) if study else []
    return Reached(since, until, last is not None, parts)
