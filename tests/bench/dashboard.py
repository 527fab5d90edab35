"""The dashboard of a study with 10,000,000 hits, 100,000 people and 1,000 events.

DASHBOARD_SCALE makes all of it smaller, to try it with: 0.01 is a hundredth.
"""

import os
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from engagement.events.models import Attendance, Event, Registration
from engagement.metrics.models import Agent
from engagement.people.models import Affiliation, Function, Person, Sector
from engagement.reports.models import Board
from engagement.reports.services import boards
from tests import factories
from tests.bench import Case
from tests.conftest import signed_in

TITLE = (
    "Opening the dashboard of a study with 10,000,000 hits, 100,000 people and "
    "1,000 events, counted ahead; and counting it."
)
SCALE = float(os.environ.get("DASHBOARD_SCALE", "1"))
HITS, PEOPLE, EVENTS = (int(n * SCALE) for n in (10_000_000, 100_000, 1_000))
# How many registered for each event.
COME = 200
made = {}
COLUMNS = (
    "at, target_kind, target_id, study_id, language, client, sector, agent_id, "
    "prefetch, signed_in, hit_class, rule, rules_version"
)
# A moment in the last year: x minutes ago.
AGO = {
    "postgresql": "now() - (x % 525600) * interval '1 minute'",
    "sqlite": "datetime('now', '-' || (x % 525600) || ' minutes')",
}


def prepare():
    study = made["study"] = factories.make_study(slug="large")
    made["client"] = signed_in(factories.make_user())
    people = _people()
    output = factories.make_output(study=study, published=True, with_file=True)
    _came(study, people)
    _hits(study.pk, output.editions.first().files.first().pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    boards.count(study, "quarter")
    # However quick this machine is: the page must not count them itself.
    Board.objects.update(seconds=60)


def cases():
    yield Case("Dashboard, warm", _open, limit=0.3)
    yield Case("Dashboard, cold", _open, limit=1, before=_cool)
    yield Case("Counting it ahead, in both languages", _count, runs=1)


def _open():
    answer = made["client"].get("/en/reports/large/?period=quarter")
    if answer.status_code != 200 or b"Attendance by sector" not in answer.content:
        raise AssertionError(answer.status_code)


def _cool():
    cache.clear()
    connection.close()


def _count():
    boards.count(made["study"], "quarter")


def _people():
    Person.objects.bulk_create(
        (
            Person(name=f"Person {n}", email=f"p{n}@example.org", language="en")
            for n in range(PEOPLE)
        ),
        batch_size=2000,
    )
    people = list(Person.objects.values_list("pk", flat=True))
    Affiliation.objects.bulk_create(
        (
            Affiliation(
                person_id=pk,
                stated_sector=Sector.values[pk % 9],
                function=Function.values[pk % 5],
            )
            for pk in people
        ),
        batch_size=2000,
    )
    return people


def _came(study, people):
    """Each event had two hundred people, and half of them came."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(
            slug=f"large-{n}",
            kind="training",
            status="held",
            study=study,
            title_en=f"Event {n}",
            title_cy=f"Digwyddiad {n}",
            starts_at=now - timedelta(hours=8 * n + 1),
        )
        for n in range(EVENTS)
    )
    Registration.objects.bulk_create(
        (
            Registration(
                event=event,
                person_id=people[(place * COME + n) % PEOPLE],
                reference=f"{place}-{n}",
                name="Somebody",
                email=f"{place}-{n}@example.org",
                sector=Sector.values[n % 9],
                language="en",
            )
            for place, event in enumerate(events)
            for n in range(COME)
        ),
        batch_size=2000,
    )
    rows = Registration.objects.order_by("pk").values_list("pk", flat=True)
    Attendance.objects.bulk_create(
        (Attendance(registration_id=pk) for pk in rows if pk % 2), batch_size=2000
    )


def _hits(study, file):
    """Made in the database: by 5,000 clients a day."""
    agent = Agent.objects.create(text="Firefox").pk
    yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")
    row = (
        f"{AGO[connection.vendor]}, CASE x % 3 WHEN 0 THEN 'file' ELSE 'article' END, "
        f"{file}, {study}, 'en', x % 5000, '', {agent}, {no}, "
        f"CASE x % 11 WHEN 0 THEN {yes} ELSE {no} END, "
        "CASE x % 11 WHEN 0 THEN 'suspect' ELSE 'person' END, 'made', 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO metrics_hit ({COLUMNS}) "  # noqa: S608 - numbers of our own
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n "
            f"WHERE x < {HITS}) SELECT {row} FROM n"
        )
