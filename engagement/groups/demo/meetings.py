"""Three meetings that were held and one to come, written straight down: nobody is
mailed about what is made up."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from engagement.core import pdf
from engagement.events.demo import guests
from engagement.events.models import (
    Attendance,
    Commitment,
    Event,
    Invitation,
    Registration,
)
from engagement.groups.demo import seating, texts
from engagement.groups.demo.seating import SITTING
from engagement.groups.models import (
    Action,
    AgendaItem,
    Decision,
    Group,
    Meeting,
    Membership,
    MinutesNote,
    Paper,
)
from engagement.groups.services import meetings

# Weeks before the first loading, what was spoken about, and who came. The nominee never
# does, and nobody comes from the voluntary sector, whose seat is empty.
HELD = [
    (30, texts.FIRST, ("chair", "wlga", "council", "official-1", "demo")),
    (17, texts.SECOND, ("chair", "wlga-deputy", "solace", "official-2", "demo")),
    (4, texts.THIRD, ("chair", "solace", "council", "official-1", "official-2")),
]
AHEAD = 3
# Who has answered for the one to come; the others have not.
COMES = ("chair", "official-1")
CANNOT = ("solace",)


def load(group: Group) -> list[Meeting]:
    """Those that were held, the oldest first."""
    made_up = group.meetings.filter(event__is_synthetic=True)
    if not made_up.exists():
        terms = _terms()
        numbers: Counter[int] = Counter()
        held = [
            _held(group, terms, numbers, *row, number=number)
            for number, row in enumerate(HELD, start=1)
        ]
        _minutes(held)
        _promise(held[-1])
        _coming(group, terms)
    held_ones = made_up.filter(event__status=Event.Status.HELD)
    return list(held_ones.select_related("event").order_by("event__starts_at"))


def _terms() -> dict[str, Membership]:
    terms = {one.key: seating.member(one.key) for one in SITTING}
    rows = Membership.objects.select_related("person", "seat")
    return terms | {"demo": rows.get(person__email=seating.MEMBER)}


def _event(group: Group, number: int, starts: datetime, **more: Any) -> Event:
    return Event.objects.create(
        **texts.TITLE,
        **guests.HALL | {"capacity": None},
        slug=f"lti-steering-{number}-synthetic",
        study=group.study,
        kind=Event.Kind.MEETING,
        organiser=guests.manager(),
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        **more,
    )


def _held(
    group: Group,
    terms: dict[str, Membership],
    numbers: Counter[int],
    weeks: int,
    agenda: Sequence[texts.Item],
    came: Sequence[str],
    *,
    number: int,
) -> Meeting:
    starts = guests.thursday(guests.weeks(-weeks))
    event = _event(group, number, starts, status=Event.Status.HELD)
    sent = starts - timedelta(days=7)
    meeting = Meeting.objects.create(group=group, event=event, circulated_at=sent)
    for item, said in zip(_agenda(meeting, terms, agenda), agenda, strict=True):
        _outcomes(item, said, terms, numbers)
    people = [_place(event, terms[key], place) for place, key in enumerate(came)]
    for row in people:
        if row.source == Registration.Source.DEPUTY:
            row.replaces = _gave_up(event, terms["wlga"])
    Registration.objects.bulk_create(people)
    Attendance.objects.bulk_create(Attendance(registration=row) for row in people)
    return meeting


def _agenda(
    meeting: Meeting, terms: dict[str, Membership], agenda: Sequence[texts.Item]
) -> list[AgendaItem]:
    return AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            title_en=item.title[0],
            title_cy=item.title[1],
            purpose=item.purpose,
            duration=item.minutes,
            owner=terms["chair"],
            minutes_en=item.said[0],
            minutes_cy=item.said[1],
            redacted=item.redacted,
        )
        for position, item in enumerate(agenda)
    )


def _outcomes(
    item: AgendaItem,
    said: texts.Item,
    terms: dict[str, Membership],
    numbers: Counter[int],
) -> None:
    """Decisions run on within a year, as `meetings.decide` counts them."""
    meeting = item.meeting
    where = {"group": meeting.group, "meeting": meeting, "item": item}
    if said.decided:
        year = timezone.localdate(meeting.event.starts_at).year
        numbers[year] += 1
        Decision.objects.create(
            **where,
            year=year,
            number=numbers[year],
            text_en=said.decided[0],
            text_cy=said.decided[1],
            is_synthetic=True,
        )
    if said.owed:
        text_en, text_cy, owner, days, done = said.owed
        outcome_en, outcome_cy = done or ("", "")
        due_on = timezone.localdate() + timedelta(days=days)
        Action.objects.create(
            **where,
            text_en=text_en,
            text_cy=text_cy,
            owner=terms[owner],
            due_on=due_on,
            state=Action.State.DONE if done else Action.State.OPEN,
            outcome_en=outcome_en,
            outcome_cy=outcome_cy,
            settled_at=timezone.now() + timedelta(days=days) if done else None,
            # Nobody is mailed about what is made up.
            reminded_at=timezone.now() if days < 0 else None,
            is_synthetic=True,
        )


def _place(event: Event, term: Membership, number: int) -> Registration:
    deputy = term.role == Membership.Role.DEPUTY
    Source = Registration.Source  # noqa: N806
    sector = term.seat.sector
    source = Source.DEPUTY if deputy else Source.INVITATION
    return guests.registration(event, term.person, number, sector, source=source)


def _gave_up(event: Event, term: Membership) -> Registration:
    """The place that a deputy has taken."""
    place = _place(event, term, len(SITTING))
    place.state = Registration.State.CANCELLED
    place.cancelled_at = timezone.now()
    place.save()
    return place


def _minutes(held: list[Meeting]) -> None:
    """Of the first two approved at the meeting after; those of the last are out."""
    for meeting, following in pairwise(held):
        meeting.minutes = Meeting.Minutes.APPROVED
        meeting.approved_in, meeting.minutes_public = following, True
        meeting.approved_at = following.event.starts_at
    held[-1].minutes = Meeting.Minutes.CIRCULATED
    columns = ["minutes", "approved_in", "minutes_public", "approved_at"]
    Meeting.objects.bulk_update(held, columns)
    MinutesNote.objects.create(
        meeting=held[0],
        item=held[0].items.all()[1],
        text_en=texts.NOTE[0],
        text_cy=texts.NOTE[1],
        by=guests.manager(),
    )


def _promise(meeting: Meeting) -> None:
    """An early win of the review that is due."""
    Commitment.objects.create(
        event=meeting.event,
        side=Commitment.Side.TEAM,
        state=Commitment.State.DONE,
        owner=guests.manager(),
        settled_at=timezone.now() - timedelta(days=10),
        is_public=True,
        **texts.PROMISE,
    )


def _coming(group: Group, terms: dict[str, Membership]) -> None:
    """Its papers have gone out; one came after that. Three members have answered."""
    now = timezone.now()
    starts = guests.thursday(guests.weeks(AHEAD))
    event = _event(group, 4, starts, status=Event.Status.PUBLISHED, published_at=now)
    meeting = Meeting.objects.create(
        group=group, event=event, circulated_at=now - timedelta(days=1)
    )
    items = _agenda(meeting, terms, texts.COMING)
    for lang in ("en", "cy"):
        # Without Pango the meeting has no papers; all else works.
        with suppress(pdf.NoPdf), translation.override(lang):
            _add_paper(meeting, None, ("Agenda", "Agenda"), lang, 2)
            _add_paper(meeting, items[2], LATE, lang, 0)
    _ask(event, terms)


LATE = ("Summary of the Second Interim Report", "Crynodeb o'r Ail Adroddiad Interim")


def _add_paper(
    meeting: Meeting,
    item: AgendaItem | None,
    title: tuple[str, str],
    lang: str,
    days_ago: int,
) -> None:
    """The agenda lists its items; what else there is to read is only a title."""
    context = {
        "lang": lang,
        "title": title[lang == "cy"],
        "items": () if item else meeting.items.all(),
    }
    content = pdf.render("groups/paper_pdf.html", context)
    paper = meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en=f"{title[0]} (synthetic)",
        title_cy=f"{title[1]} (synthetig)",
        file=SimpleUploadedFile(f"paper-{lang}.pdf", content),
        language=lang,
    )
    Paper.objects.filter(pk=paper.pk).update(
        is_synthetic=True,
        item=item,
        purpose=item.purpose if item else paper.purpose,
        uploaded_at=timezone.now() - timedelta(days=days_ago),
    )


def _ask(event: Event, terms: dict[str, Membership]) -> None:
    now, yes, no = timezone.now(), Invitation.Answer.YES, Invitation.Answer.NO
    said = dict.fromkeys(COMES, yes) | dict.fromkeys(CANNOT, no)
    rows = {
        key: Invitation(
            event=event,
            person=term.person,
            name=term.person.name,
            email=term.person.email,
            sector=term.seat.sector,
            language=term.person.language,
            answer=said.get(key, ""),
            answered_at=now if key in said else None,
        )
        for key, term in terms.items()
        if term.ended_on is None and term.person
    }
    Invitation.objects.bulk_create(rows.values())
    event.invitations.update(invited_at=now - timedelta(days=1))
    places = [_place(event, terms[key], number) for number, key in enumerate(COMES)]
    for key, place in zip(COMES, places, strict=True):
        place.invitation = rows[key]
    Registration.objects.bulk_create(places)
