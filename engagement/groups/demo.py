"""The groups of the 2011 report, and synthetic meetings of one of them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from engagement.accounts.models import User
from engagement.core import demo, pdf
from engagement.events.models import Event
from engagement.groups.models import Decision, Group, Meeting, Membership, Paper, Seat
from engagement.groups.services import meetings
from engagement.people.models import EmailAddress, Organisation, Person
from engagement.studies.models import Study

MEMBER = "member@example.org"
DECISIONS = [
    (
        "Hold a briefing for policy divisions before the case studies are published.",
        "Cynnal sesiwn friffio i'r is-adrannau polisi cyn cyhoeddi'r astudiaethau achos.",
    ),
    (
        "Look for a member from the voluntary sector by the next meeting.",
        "Chwilio am aelod o'r sector gwirfoddol erbyn y cyfarfod nesaf.",
    ),
]


def load() -> str:
    studies: dict[str | None, Study] = {s.slug: s for s in Study.objects.all()}
    for position, record in enumerate(demo.read(__file__, "groups")):
        seats = record.pop("seats")
        group = demo.keep(
            Group,
            record | {"study": studies.get(record["study"]), "position": position},
        )
        if not group.seats.exists():
            _add_seats(group, seats)
    steering = Group.objects.get(slug="lti-steering")
    _seat_the_member(steering)
    # The report knows that the group meets, and of no single meeting.
    meets = Event.objects.get(slug="l-steering-meetings")
    Meeting.objects.get_or_create(event=meets, defaults={"group": steering})
    if not steering.meetings.filter(event__is_synthetic=True).exists():
        _add_meetings(steering)
    return f"groups {Group.objects.count()}, seats {Seat.objects.count()}"


def _add_seats(group: Group, records: list[dict[str, Any]]) -> None:
    bodies = {body.slug: body for body in Organisation.objects.all()}
    Seat.objects.bulk_create(
        Seat(
            group=group,
            position=position,
            organisation=bodies.get(record.pop("organisation") or ""),
            filled_unnamed=record.pop("filled"),
            **{name: value or "" for name, value in record.items()},
        )
        for position, record in enumerate(records)
    )


def _seat_the_member(group: Group) -> None:
    person, new = Person.objects.get_or_create(
        email=MEMBER,
        defaults={
            "name": "Demonstration member (synthetic)",
            "is_synthetic": True,
            "user": User.objects.filter(email=MEMBER).first(),
        },
    )
    if new:
        EmailAddress.of(person, MEMBER).save()
    seat, new = Seat.objects.get_or_create(
        group=group,
        label_en="Demonstration seat",
        defaults={
            "label_cy": "Sedd arddangos",
            "position": 99,
            "sector": "local_authority",
            "is_synthetic": True,
        },
    )
    if new:
        Membership.objects.create(
            seat=seat,
            person=person,
            started_on=timezone.localdate(),
            is_synthetic=True,
        )


def _add_meetings(group: Group) -> None:
    """One that was held, with decisions, and one to come, with a paper."""
    today = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    past = _meeting(group, today - timedelta(days=42), Event.Status.HELD)
    for text_en, text_cy in DECISIONS:
        Decision.objects.create(
            meeting=past, text_en=text_en, text_cy=text_cy, is_synthetic=True
        )
    coming = _meeting(group, today + timedelta(days=42), Event.Status.PLANNED)
    for lang in ("en", "cy"):
        # Without Pango the meeting has no paper; all else works.
        with suppress(pdf.NoPdf), translation.override(lang):
            _add_agenda(coming, lang)


def _add_agenda(meeting: Meeting, lang: str) -> None:
    content = pdf.render("groups/paper_pdf.html", {"lang": lang})
    paper = meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en="Agenda (synthetic)",
        title_cy="Agenda (synthetig)",
        file=SimpleUploadedFile(f"agenda-{lang}.pdf", content),
        language=lang,
    )
    Paper.objects.filter(pk=paper.pk).update(is_synthetic=True)


def _meeting(group: Group, starts_at: Any, status: str) -> Meeting:
    meeting = meetings.plan(
        by=None,
        group=group,
        fields={
            "title_en": "Steering Group meeting (synthetic)",
            "title_cy": "Cyfarfod y Grŵp Llywio (synthetig)",
            "starts_at": starts_at,
        },
    )
    Event.objects.filter(pk=meeting.event_id).update(status=status, is_synthetic=True)
    return meeting
