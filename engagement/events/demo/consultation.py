"""A consultation event that takes registrations: an invitation round with all kinds of
answers, groups to choose, questions, a quota with a waiting list behind it."""

from datetime import datetime, timedelta
from itertools import chain, cycle

from django.utils import timezone

from engagement.events.demo import consultation_texts as texts
from engagement.events.demo import guests
from engagement.events.models import (
    Answer,
    Event,
    Invitation,
    Option,
    Question,
    Quota,
    Registration,
    Session,
    SessionPlace,
    Speaker,
)
from engagement.people.models import Audience, Person, Sector
from engagement.people.services import audiences
from engagement.studies.models import Study

Said = Invitation.Answer
# 24 are asked. Eight do not answer; two send somebody else.
ANSWERS = {Said.YES: 8, Said.DEPUTY: 2, Said.NO: 3, Said.KEEP_INFORMED: 3, "": 8}
# Who registers without being asked. The Welsh Government has its quota, no more.
QUOTA = 8
OTHERS = {Sector.VOLUNTARY: 4, Sector.ACADEMIC: 3, Sector.PUBLIC: 2}


def load(wimd: Study | None) -> Event:
    """On a Thursday morning six weeks after the day of the first loading."""
    audience, _new = Audience.objects.get_or_create(
        slug="council-analysts-synthetic",
        defaults={**texts.AUDIENCE, "made_by": guests.manager()},
    )
    starts = guests.thursday(guests.weeks(6))
    event, is_new = Event.objects.get_or_create(
        slug="wimd-consultation-synthetic",
        defaults={
            **texts.EVENT,
            **guests.HALL,
            "study": wimd,
            "kind": Event.Kind.CONSULTATION,
            "status": Event.Status.PUBLISHED,
            "organiser": guests.manager(),
            "interpretation": True,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=3),
        },
    )
    if is_new:
        _programme(event, starts)
        _answers(event, [*_invited(event, audience), *_unasked(event)])
    return event


def _programme(event: Event, starts: datetime) -> None:
    begin, end = starts + timedelta(hours=1), starts + timedelta(hours=2)
    groups = Session.objects.bulk_create(
        Session(
            event=event,
            title_en=title_en,
            title_cy=title_cy,
            room_en=room_en,
            room_cy=room_cy,
            starts_at=begin,
            ends_at=end,
            capacity=places,
        )
        for title_en, title_cy, room_en, room_cy, places in texts.SESSIONS
    )
    Speaker.objects.bulk_create(
        Speaker(
            event=event,
            session=group,
            position=position,
            name=name,
            role_en=role_en,
            role_cy=role_cy,
        )
        for position, (group, (name, role_en, role_cy)) in enumerate(
            zip(groups, texts.SPEAKERS, strict=True)
        )
    )
    Quota.objects.create(event=event, sector=Sector.WELSH_GOVERNMENT, places=QUOTA)
    for position, (kind, label_en, label_cy, must, options) in enumerate(
        texts.QUESTIONS
    ):
        question = Question.objects.create(
            event=event,
            position=position,
            kind=kind,
            label_en=label_en,
            label_cy=label_cy,
            required=must,
        )
        Option.objects.bulk_create(
            Option(question=question, position=place, label_en=en, label_cy=cy)
            for place, (en, cy) in enumerate(options)
        )


def _invited(event: Event, audience: Audience) -> list[Registration]:
    """Those who said yes, or somebody in their place."""
    people = audiences.people_in(audience).filter(is_synthetic=True).order_by("pk")
    said = [answer for answer, number in ANSWERS.items() for _one in range(number)]
    now = timezone.now()
    rows = [
        _invitation(event, audience, person, answer, now)
        for person, answer in zip(people[: len(said)], said, strict=False)
    ]
    Invitation.objects.bulk_create(rows)
    # After the rows are there, whose moment of writing is that of the loading.
    event.invitations.update(invited_at=now - timedelta(days=10))
    comes = [row for row in rows if row.answer in {Said.YES, Said.DEPUTY}]
    return Registration.objects.bulk_create(map(_comes, comes))


def _invitation(
    event: Event, audience: Audience, person: Person, answer: str, now: datetime
) -> Invitation:
    return Invitation(
        event=event,
        person=person,
        audience=audience,
        name=person.name,
        email=person.email.lower(),
        sector=Sector.LOCAL_AUTHORITY,
        language=person.language,
        answer=answer,
        answered_at=now - timedelta(days=6) if answer else None,
        invited_by=guests.manager(),
        # Who has not answered was reminded, and is not again by the first sweep.
        reminded_at=None if answer else now - timedelta(days=3),
    )


def _comes(invitation: Invitation) -> Registration:
    deputy = invitation.answer == Said.DEPUTY
    return guests.registration(
        invitation.event,
        None if deputy else invitation.person,
        invitation.pk,
        invitation.sector,
        invitation=invitation,
        source=Registration.Source.DEPUTY if deputy else "invitation",
        **{"name": f"Deputy {invitation.pk} (synthetic)"} if deputy else {},
    )


def _unasked(event: Event) -> list[Registration]:
    """Their quota is full: one of the places is offered to the first of the line."""
    line = guests.of_sector(Sector.WELSH_GOVERNMENT)
    government = guests.register(event, line, QUOTA + 2, Sector.WELSH_GOVERNMENT)
    offered, *waiting = government[QUOTA - 1 :]
    offered.state = Registration.State.OFFERED
    offered.offered_until = timezone.now() + timedelta(hours=event.offer_hours)
    for row in waiting:
        row.state = Registration.State.WAITING
    others = chain.from_iterable(
        guests.register(event, guests.of_sector(sector), number, sector)
        for sector, number in OTHERS.items()
    )
    return Registration.objects.bulk_create([*government, *others])


def _answers(event: Event, registrations: list[Registration]) -> None:
    """Each chooses a group in turn and answers what must be answered."""
    groups = cycle(event.sessions.all())
    SessionPlace.objects.bulk_create(
        SessionPlace(session=group, registration=row)
        for row, group in zip(registrations, groups, strict=False)
    )
    use, wish, consent = event.questions.all()
    chosen = Answer.objects.bulk_create(
        Answer(question=use, registration=row) for row in registrations
    )
    link = Answer.options.through
    link.objects.bulk_create(
        link(answer=answer, option=option)
        for answer, option in zip(chosen, cycle(use.options.all()), strict=False)
    )
    Answer.objects.bulk_create(
        Answer(question=wish, registration=row, text=text)
        for language, wishes in texts.WISHES.items()
        for row, text in zip(_speaking(language, registrations), wishes, strict=False)
    )
    Answer.objects.bulk_create(
        Answer(
            question=consent,
            registration=row,
            text=getattr(consent, f"label_{row.language}"),
            agreed=bool(n % 3),
        )
        for n, row in enumerate(registrations[:12])
    )


def _speaking(language: str, rows: list[Registration]) -> list[Registration]:
    return [row for row in rows if row.language == language]
