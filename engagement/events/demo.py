"""The report's events, and two made-up ones that show registration and attendance."""

from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any

from django.db.models import Q
from django.utils import timezone

from engagement.core import demo
from engagement.events.models import Attendance, Event, Registration
from engagement.people.models import Person, Sector
from engagement.studies.models import Study

# Per sector: how many registered, how many of them came. Two are too few to show.
TURNOUT = {
    Sector.WELSH_GOVERNMENT: (8, 6),
    Sector.LOCAL_AUTHORITY: (9, 8),
    Sector.OTHER_PUBLIC: (6, 5),
    Sector.VOLUNTARY: (5, 3),
    Sector.ACADEMIC: (2, 2),
}

CONSULTATION = {
    "title_en": "What should the next Index measure? Consultation event (synthetic)",
    "title_cy": "Beth ddylai'r Mynegai nesaf ei fesur? Digwyddiad ymgynghori (synthetig)",
    "description_en": (
        "Tell the team which indicators of deprivation you use, which you do without, "
        "and what the next Index should measure.\n\n"
        "- What has changed since the last Index\n"
        "- Work in small groups: income, health, access to services\n"
        "- What we will do with what you say, and by when\n\n"
        "This event is made up, to show how registration works."
    ),
    "description_cy": (
        "Dywedwch wrth y tîm pa ddangosyddion amddifadedd yr ydych yn eu defnyddio, pa "
        "rai nad oes eu hangen arnoch, a beth ddylai'r Mynegai nesaf ei fesur.\n\n"
        "- Beth sydd wedi newid ers y Mynegai diwethaf\n"
        "- Gwaith mewn grwpiau bach: incwm, iechyd, mynediad at wasanaethau\n"
        "- Beth y byddwn yn ei wneud â'r hyn a ddywedwch, ac erbyn pryd\n\n"
        "Digwyddiad dychmygol yw hwn, i ddangos sut mae cofrestru yn gweithio."
    ),
    "audience_en": "Anybody who uses the Index, or would like to",
    "audience_cy": "Unrhyw un sy'n defnyddio'r Mynegai, neu a hoffai wneud hynny",
}
WORKSHOP = {
    "title_en": "Using the Index in local plans: workshop (synthetic)",
    "title_cy": "Defnyddio'r Mynegai mewn cynlluniau lleol: gweithdy (synthetig)",
    "outcome_en": "Made up: participants asked for figures for smaller areas.",
    "outcome_cy": "Dychmygol: gofynnodd y rhai a ddaeth am ffigurau ar gyfer ardaloedd llai.",
    "audience_en": "Officers who write local plans",
    "audience_cy": "Swyddogion sy'n ysgrifennu cynlluniau lleol",
}
HALL = {
    "venue_en": "Demonstration hall (synthetic), Cardiff",
    "venue_cy": "Neuadd arddangos (synthetig), Caerdydd",
    "capacity": 40,
    "is_synthetic": True,
}


def load() -> str:
    """Adds what is not there yet; what staff have changed since is left as it is."""
    studies = {study.slug: study for study in Study.objects.all()}
    records = demo.read(__file__, "events")
    for record in records:
        slug, fields = _columns(record, studies)
        Event.objects.get_or_create(slug=slug, defaults=fields)
    wimd = studies.get("wimd")
    _consultation(wimd)
    _workshop(wimd)
    return f"{len(records)} events of the report, 2 synthetic ones"


def _columns(
    record: dict[str, Any], studies: dict[str, Study]
) -> tuple[str, dict[str, Any]]:
    fields = dict(record)
    fields["attended_reported"] = fields.pop("attended")
    fields["study"] = studies[fields["study"]] if fields["study"] else None
    return fields.pop("slug"), {
        k: "" if v is None and _text(k) else v for k, v in fields.items()
    }


def _text(name: str) -> bool:
    return name.endswith(("_en", "_cy")) or name == "source"


def _consultation(wimd: Study | None) -> None:
    """A Thursday morning six weeks ahead of the day of the first loading."""
    starts = _thursday(timezone.localtime() + timedelta(weeks=6))
    Event.objects.get_or_create(
        slug="wimd-consultation-synthetic",
        defaults={
            **CONSULTATION,
            **HALL,
            "study": wimd,
            "kind": Event.Kind.CONSULTATION,
            "status": Event.Status.PUBLISHED,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=3),
        },
    )


def _workshop(wimd: Study | None) -> None:
    """A Thursday morning about a month before the day of the first loading."""
    starts = _thursday(timezone.localtime() - timedelta(weeks=5))
    event, is_new = Event.objects.get_or_create(
        slug="wimd-workshop-synthetic",
        defaults={
            **WORKSHOP,
            **HALL,
            "study": wimd,
            "kind": Event.Kind.WORKSHOP,
            "status": Event.Status.HELD,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
        },
    )
    if is_new:
        for sector, (registered, came) in TURNOUT.items():
            _fill(event, sector, registered, came)


def _thursday(day: datetime) -> datetime:
    moved = day + timedelta(days=3 - day.weekday())
    return moved.replace(hour=10, minute=0, second=0, microsecond=0)


def _fill(event: Event, sector: Sector, registered: int, came: int) -> None:
    """Synthetic people of the sector register, made-up names where there are too few."""
    of_sector = Q(affiliations__organisation__sector=sector) | Q(
        affiliations__stated_sector=sector
    )
    people = Person.objects.filter(of_sector, is_synthetic=True).distinct()
    chosen = chain(people.order_by("pk")[:registered], repeat(None))
    for number, person in zip(range(1, registered + 1), chosen, strict=False):
        address = f"{sector}-{number}@synthetic.example.org".replace("_", "-")
        registration = Registration.objects.create(
            event=event,
            person=person,
            reference=f"SYN{event.pk}{list(Sector).index(sector)}{number}",
            name=person.name if person else f"Synthetic person {number}",
            email=person.email.lower() if person else address,
            sector=sector,
            language=person.language if person else "en",
            wants_welsh=number % 4 == 0,
        )
        if number <= came:
            Attendance.objects.create(registration=registration)
