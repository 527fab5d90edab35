"""A place at an event keeps whoever has it, and for a while whoever had it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from engagement.events.models import Event, Registration
from engagement.people.keeping import add_tie

AHEAD = (Event.Status.PROPOSED, Event.Status.PLANNED, Event.Status.ONGOING)


def _registered(since: datetime) -> QuerySet[Registration]:
    event = Q(event__starts_at__gte=since) | Q(event__ends_at__gte=since)
    # For no known day yet.
    event |= Q(event__starts_at=None, event__status__in=AHEAD)
    made = Q(created_at__gte=since) | Q(cancelled_at__gte=since)
    return Registration.objects.filter(
        event | made | Q(attendance__marked_at__gte=since)
    )


add_tie(Registration, _registered)
