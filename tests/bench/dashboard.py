"""The dashboard of a study with 10,000,000 hits, 100,000 people and 1,000 events: warm,
and as the first page that a web process answers, with an empty cache."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from engagement.events.models import Attendance, Event, Registration
from engagement.metrics.services import recount
from engagement.people.models import Affiliation, Consent, Function, Person, Sector
from engagement.reports import gathering, periods
from engagement.reports.models import Board
from engagement.reports.services import boards
from newsletters.models import Delivery, Issue, Subscription
from tests import factories
from tests.bench import SCALE, Case
from tests.bench.registering import _database
from tests.conftest import signed_in
from tests.support import much_read

TITLE = (
    f"Opening the dashboard of a study with {int(10_000_000 * SCALE):,} hits in two years, "
    f"{int(100_000 * SCALE):,} people and {int(1000 * SCALE):,} events on PostgreSQL, a "
    "hundredth of them on SQLite. Warm, and cold: the first page of a web process that "
    "has just started, with an empty cache. Then what a reader does not wait for."
)
# How many registered for each event.
COME = 200
PAGE = "/en/reports/much-read/"
# A web process that has just started is asked for one page; says how long that took.
COLD = f"""
import sys, time

import engagement.wsgi
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
client = Client()
client.cookies["sessionid"] = sys.argv[1]
start = time.perf_counter()
answer = client.get("{PAGE}")
took = time.perf_counter() - start
assert answer.status_code == 200, answer.status_code
print(took)
"""
made = {}


def prepare():
    scale = SCALE if connection.vendor == "postgresql" else SCALE / 100
    study = made["study"] = much_read.make()
    made["client"] = signed_in(factories.make_user())
    people = _people(int(100_000 * scale))
    _sent(study, people)
    _came(study, people, int(1000 * scale))
    much_read.fill(study, hits=int(10_000_000 * scale), days=730 * SCALE)
    recount.recount(first=recount.first_day(), last=timezone.localdate())
    much_read.tidy()
    for key in periods.USUAL:
        boards.count(study, key)


def cases():
    yield Case("as a reader comes to it, warm", _open, limit=0.3)
    if connection.vendor == "postgresql":
        # In tests SQLite is in memory, where no other process can see it.
        yield Case("cold", _cold, limit=1, before=cache.clear)
    # However quick this machine is: shown as it was counted ahead.
    Board.objects.update(seconds=60)
    yield Case("counted ahead, warm", _open, limit=0.3)
    for key in periods.USUAL:
        label = f"counting ahead, both languages: {key}"
        yield Case(label, lambda k=key: boards.count(made["study"], k), runs=3)
    yield Case("counting days that a reader chose", _choose, runs=3)


def _open():
    _check(made["client"].get(PAGE))


def _check(answer):
    if answer.status_code != 200 or b"Attendance by sector" not in answer.content:
        raise AssertionError(answer.status_code)


def _cold():
    key = made["client"].cookies[settings.SESSION_COOKIE_NAME].value
    environment = os.environ | {"DATABASE_URL": _database()}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", COLD, key],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _choose():
    today = timezone.localdate()
    period = periods.days(today - timedelta(days=200), today - timedelta(days=20))
    gathering.document(made["study"], period)


def _people(number):
    _fill(
        Person(name=f"Person {n}", email=f"p{n}@example.org", language="en")
        for n in range(number)
    )
    people = list(Person.objects.values_list("pk", flat=True))
    _fill(
        Affiliation(
            person_id=pk,
            stated_sector=Sector.values[pk % 9],
            function=Function.values[pk % 5],
        )
        for pk in people
    )
    return people


def _sent(study, people):
    """Everybody subscribes, and was sent the last issue."""
    issue = Issue.objects.filter(newsletter__study=study).latest("pk")
    factories.send_out(issue)
    newsletter, now = issue.newsletter, timezone.now()
    _fill(Subscription(newsletter=newsletter, person_id=pk) for pk in people)
    _fill(
        Consent(
            person_id=pk,
            purpose="newsletter",
            about=newsletter.slug,
            action="given",
            language="en",
            source="import",
        )
        for pk in people
    )
    _fill(
        Delivery(
            issue=issue,
            person_id=pk,
            address=f"p{pk}@example.org",
            language="en",
            sector=Sector.values[pk % 9],
            token=f"bench-{pk}",
            state="accepted" if pk % 50 else "rejected",
            due_at=now,
            settled_at=now - timedelta(days=7),
        )
        for pk in people
    )


def _came(study, people, number):
    """Each event had two hundred people, and half of them came."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(
            slug=f"event-{n}",
            kind="training",
            status="held",
            study=study,
            title_en=f"Event {n}",
            title_cy=f"Digwyddiad {n}",
            starts_at=now - timedelta(hours=8 * n + 1),
        )
        for n in range(number)
    )
    _fill(
        Registration(
            event=event,
            person_id=people[(place * COME + n) % len(people)],
            reference=f"{place}-{n}",
            name="Somebody",
            email=f"{place}-{n}@example.org",
            sector=Sector.values[n % 9],
            function=Function.values[n % 5],
            language="en",
        )
        for place, event in enumerate(events)
        for n in range(COME)
    )
    rows = Registration.objects.order_by("pk").values_list("pk", flat=True)
    _fill(Attendance(registration_id=pk) for pk in rows if pk % 2)


def _fill(rows):
    first = next(rows)
    type(first).objects.bulk_create(chain([first], rows), batch_size=2000)
