"""Who was asked to an event, who said they would come, and who came: counted, each time,
from the rows."""

from statistics import median
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from engagement.events.models import Attendance, Event, Invitation, Registration


class Share(NamedTuple):
    """Of one part of the audience: how many were invited, how many of those came or sent
    somebody, and how many came in all."""

    key: str
    invited: int
    answered: int
    came: int


def invited(**event: object) -> QuerySet[Invitation]:
    """Invitations that stand, with `came`: they, or whom they sent, were there. Whoever
    was invited and then registered as anybody can is found by person or address."""
    theirs = (
        Q(registration__invitation=OuterRef("pk"))
        | Q(registration__person=OuterRef("person"))
        | Q(registration__email=OuterRef("email"))
    )
    there = Attendance.objects.filter(theirs, registration__event=OuterRef("event"))
    return Invitation.objects.standing().filter(**event).annotate(came=Exists(there))


def deputies(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Who holds a place that somebody else was asked or meant to take."""
    sent = Q(source=Registration.Source.DEPUTY) | Q(replaces__isnull=False)
    return rows.filter(sent)


def attended(event: Event) -> QuerySet[Registration]:
    return event.registrations.filter(attendance__isnull=False)


def median_minutes(event: Event) -> tuple[int, int]:
    """Of whose minutes were measured, and how many they are."""
    measured = Attendance.objects.filter(
        registration__event=event, minutes__isnull=False
    )
    minutes = [m for m in measured.values_list("minutes", flat=True) if m is not None]
    return (round(median(minutes)), len(minutes)) if minutes else (0, 0)


def shares(event: Event, field: str) -> list[Share]:
    """By "sector" or "function", as they were on the day they were asked or registered.
    Whose function is not known is under ""."""
    asked = {
        key: (number, came)
        for key, number, came in invited(event=event)
        .order_by()
        .values_list(field)
        .annotate(number=Count("pk"), there=Count("pk", filter=Q(came=True)))
    }
    came = dict(
        attended(event).order_by().values_list(field).annotate(number=Count("pk"))
    )
    return [
        Share(key, *asked.get(key, (0, 0)), came.get(key, 0))
        for key in sorted(asked.keys() | came.keys())
    ]
