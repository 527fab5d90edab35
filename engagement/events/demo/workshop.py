"""A workshop that was held: who came and how, what they said, what was promised."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from engagement.events.demo import guests, workshop_texts
from engagement.events.models import (
    Attendance,
    Commitment,
    Event,
    Feedback,
    Registration,
)
from engagement.people.models import Sector
from engagement.studies.models import Study

# Per sector: how many registered, how many of them came. Two are too few to show.
TURNOUT = {
    Sector.WELSH_GOVERNMENT: (8, 6),
    Sector.LOCAL_AUTHORITY: (9, 8),
    Sector.OTHER_PUBLIC: (6, 5),
    Sector.VOLUNTARY: (5, 3),
    Sector.ACADEMIC: (2, 2),
}
# How useful: 18 of the 24 who came answer, and none of these counts is small.
ANSWERS = {
    Feedback.Useful.VERY: 7,
    Feedback.Useful.QUITE: 6,
    Feedback.Useful.LIMITED: 5,
}


def load(wimd: Study | None) -> Event:
    """On a Thursday morning three weeks before the day of the first loading."""
    starts = guests.thursday(guests.weeks(-3))
    event, is_new = Event.objects.get_or_create(
        slug="wimd-workshop-synthetic",
        defaults={
            **workshop_texts.EVENT,
            **guests.HALL,
            "study": wimd,
            "kind": Event.Kind.WORKSHOP,
            "status": Event.Status.HELD,
            "organiser": guests.manager(),
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
            "summary_published_at": starts + timedelta(days=7),
        },
    )
    if is_new:
        came = _turnout(event, starts)
        _feedback(event, came)
        _promises(event, came)
    return event


def _turnout(event: Event, starts: datetime) -> list[Registration]:
    """Those who came. One of them walked in, one came for somebody who could not."""
    registered, came = [], []
    for sector, (number, of_them) in TURNOUT.items():
        people = guests.of_sector(sector)
        rows = guests.register(event, people, number, sector)
        registered += rows
        came += rows[:of_them]
    walked_in, deputy = came[6], came[14]
    walked_in.source, walked_in.email, walked_in.person = "walk_in", "", None
    walked_in.name = "Walked in (synthetic)"
    deputy.source, deputy.name, deputy.person = "deputy", "Deputy (synthetic)", None
    deputy.email = "deputy@synthetic.example.org"
    for row in came:
        if row.email:
            row.feedback_asked_at = starts + timedelta(hours=6)
    deputy.replaces = guests.registration(
        event,
        None,
        31,
        deputy.sector,
        state=Registration.State.CANCELLED,
        cancelled_at=starts - timedelta(days=2),
    )
    deputy.replaces.save()
    Registration.objects.bulk_create(registered)
    door, marked = Attendance.Method.DOOR, Attendance.Method.LIST
    Attendance.objects.bulk_create(
        Attendance(registration=row, method=door if number < 20 else marked)
        for number, row in enumerate(came)
    )
    return came


def _feedback(event: Event, came: list[Registration]) -> None:
    answers = [useful for useful, number in ANSWERS.items() for _one in range(number)]
    asked = [row for row in came if row.email]
    rows = [
        Feedback(event=event, registration=row, useful=useful, language=row.language)
        for row, useful in zip(asked, answers, strict=False)
    ]
    for row in rows:
        said = workshop_texts.SAID[row.language]
        row.use_for, row.comment = said.pop() if said else ("", "")
    Feedback.objects.bulk_create(rows)


def _promises(event: Event, came: list[Registration]) -> None:
    """In all states; nobody is mailed about them, as they were already."""
    said_by = [row for row in came if row.person]
    for number, promise in enumerate(workshop_texts.PROMISES):
        fields = dict(promise)
        ours = fields["side"] == Commitment.Side.TEAM
        if ours and fields["state"] != Commitment.State.PROPOSED:
            fields["owner"] = guests.manager()
        else:
            fields["registration"] = said_by[number]
        if fields["state"] == Commitment.State.PROPOSED:
            fields["feedback"] = said_by[number].feedback
        if (days := fields.pop("due_in", None)) is not None:
            fields["due_on"] = timezone.localdate() + timedelta(days=days)
        if fields["state"] in {Commitment.State.DONE, Commitment.State.DROPPED}:
            fields["settled_at"] = timezone.now() - timedelta(days=2)
        Commitment.objects.create(event=event, reminded_at=_reminded(fields), **fields)


def _reminded(fields: dict[str, Any]) -> datetime | None:
    overdue = "due_on" in fields and fields["due_on"] <= timezone.localdate()
    return timezone.now() if overdue and fields["state"] == "open" else None
