"""Made-up events and reading, so that the dashboards of two studies have something to
show; and a report of the last quarter of each, which the worker makes when it starts."""

from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from engagement.events.demo import guests
from engagement.events.models import Attendance, Event, Registration
from engagement.metrics.models import Agent, Hit
from engagement.metrics.services import recount
from engagement.outputs.models import File
from engagement.people.models import Affiliation, Sector
from engagement.reports.models import Report
from engagement.reports.services import reports
from engagement.studies.models import Study

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# How long ago somebody first read a file, and how many read one on a day, at the most.
DAYS, READERS = 200, 9


class Gathering(NamedTuple):
    study: str
    slug: str
    title_en: str
    title_cy: str
    weeks: int
    registered: int
    came: int


GATHERINGS = [
    Gathering(
        *("wimd", "wimd-conference-synthetic"),
        "Conference on the Index (synthetic)",
        "Cynhadledd ar y Mynegai (synthetig)",
        *(-6, 120, 104),
    ),
    Gathering(
        *("wimd", "wimd-seminar-synthetic"),
        "Seminar on the Index (synthetic)",
        "Seminar ar y Mynegai (synthetig)",
        *(-19, 80, 52),
    ),
    Gathering(
        *("lti", "lti-seminar-synthetic"),
        "Learning seminar on improvement (synthetic)",
        "Seminar ddysgu ar wella (synthetig)",
        *(-2, 90, 71),
    ),
]


def load() -> str:
    studies = {study.slug: study for study in Study.objects.all()}
    for gathering in GATHERINGS:
        if gathering.study in studies:
            _hold(studies[gathering.study], gathering)
    for slug in ("wimd", "lti"):
        if slug in studies:
            _read(studies[slug])
            _ask(studies[slug])
    return f"reports {Report.objects.count()}"


def _hold(study: Study, made_up: Gathering) -> None:
    if Event.objects.filter(slug=made_up.slug).exists():
        return
    starts = guests.thursday(guests.weeks(made_up.weeks))
    event = Event.objects.create(
        **guests.HALL | {"capacity": 150},
        slug=made_up.slug,
        study=study,
        kind=Event.Kind.CONFERENCE,
        status=Event.Status.HELD,
        title_en=made_up.title_en,
        title_cy=made_up.title_cy,
        starts_at=starts,
        ends_at=starts + timedelta(hours=5),
    )
    rows = Registration.objects.bulk_create(_guests(event, made_up.registered))
    # Made before the event, and not on the day of the first loading.
    Registration.objects.filter(event=event).update(
        created_at=starts - timedelta(days=9)
    )
    Attendance.objects.bulk_create(
        Attendance(registration=row) for row in rows[: made_up.came]
    )


def _guests(event: Event, number: int) -> list[Registration]:
    """Of the synthetic contacts, every other one."""
    posts = Affiliation.objects.filter(person__is_synthetic=True, ended_on=None)
    posts = posts.select_related("person", "organisation").order_by("pk")
    people = {post.person_id: post for post in posts}
    chosen = islice(people.values(), None, None, 2)
    return [
        guests.registration(
            event, post.person, place, _sector(post), function=post.function
        )
        for place, post in enumerate(islice(chosen, number), start=1)
    ]


def _sector(post: Affiliation) -> str:
    body = post.organisation
    return (body.sector if body else post.stated_sector) or Sector.PUBLIC


def _read(study: Study) -> None:
    """Readers of files: fewer at weekends, and more after the events."""
    files = list(File.objects.filter(edition__output__study=study).order_by("pk"))
    if not files or Hit.objects.filter(study_id=study.pk).exists():
        return
    agent, _new = Agent.objects.get_or_create(text=BROWSER)
    now = timezone.now()
    Hit.objects.bulk_create(
        Hit(
            at=now - timedelta(days=ago, minutes=17 * reader + 1),
            target_kind="file",
            target_id=files[(ago + reader) % len(files)].pk,
            study_id=study.pk,
            language="cy" if reader % 4 == 0 else "en",
            client=1000 * ago + reader,
            agent=agent,
            hit_class=Hit.Class.PERSON,
            rule="browser",
            rules_version=1,
        )
        for ago in range(1, DAYS)
        for reader in range(_readers(ago))
    )
    # At once: the worker may make the report before it counts.
    today = timezone.localdate()
    recount.recount(first=today - timedelta(days=DAYS), last=today)


def _readers(ago: int) -> int:
    weekend = (timezone.localdate() - timedelta(days=ago)).weekday() >= 5
    busy = READERS if ago % 40 < 12 else READERS // 2
    return busy // 4 if weekend else busy - ago % 3


def _ask(study: Study) -> None:
    if not study.reports.exists():
        reports.ask_for_quarter(by=None, study=study, today=timezone.localdate())
