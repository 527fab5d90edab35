"""A study with events, readers and targets, for the tests of reports."""

from datetime import timedelta

from django.utils import timezone

from engagement.events.models import Attendance, Registration
from engagement.studies.models import Target
from tests import factories


def come(
    study, sector, number, *, stayed_away=0, days_ago=10, function="research", **of
):
    """An event that so many came to, and that others had a place at."""
    event = factories.make_event(study=study, days_ahead=-days_ago, status="held", **of)
    rows = [
        factories.make_registration(
            event=event,
            person=factories.make_person(sector=sector, function=function),
            sector=sector,
            function=function,
        )
        for _one in range(number + stayed_away)
    ]
    Attendance.objects.bulk_create(Attendance(registration=r) for r in rows[:number])
    Registration.objects.filter(event=event).update(
        created_at=timezone.now() - timedelta(days=days_ago)
    )
    return event


def aim(study, sector, **fields):
    texts = {"label_en": f"All of {sector}", "label_cy": f"Pob {sector}"}
    return Target.objects.create(study=study, sector=sector, **texts | fields)


def read(study, *clients, days_ago=5):
    at = timezone.now() - timedelta(days=days_ago)
    for client in clients:
        factories.make_hit("article", 1, study, client=client, at=at)
    factories.count_hits()


def sit(user, study):
    """The user sits in the steering group of the study."""
    group = factories.make_group(study=study)
    factories.make_seat(group=group, member=factories.make_person(user=user))
    return group
