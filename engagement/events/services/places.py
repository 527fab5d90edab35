"""Who gets a place. Whoever gives or takes one holds the event's row (`lock`), so that
places are counted by one at a time and never given twice."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import get_random_string

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.states import MoveNotAllowed, check_move
from engagement.events.models import Event, Invitation, Registration
from engagement.events.services import details as parts
from engagement.people.services import people

State, Source = Registration.State, Registration.Source
# No vowels, so no words; nothing that can be misread on the telephone.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"


class Full(NamedTuple):
    """Whether every place is taken, and which sectors have used up theirs."""

    event: bool
    sectors: list[str]


def lock(event: Event) -> Event:
    """The event's row, locked until the transaction ends."""
    return Event.objects.select_for_update().get(pk=event.pk)


def locked(registration: Registration) -> Registration:
    """As it is now; the event's row is the lock, as when a place is taken."""
    return lock(registration.event).registrations.get(pk=registration.pk)


def new_reference() -> str:
    return get_random_string(8, ALPHABET)


def full(event: Event) -> Full:
    """By the event's capacity and the quotas. A place that is offered is taken; whoever
    walked in is there, and takes up none."""
    rows = event.registrations.holding().exclude(source=Source.WALK_IN)
    held = dict(rows.order_by().values_list("sector").annotate(number=Count("pk")))
    quotas = dict(event.quotas.values_list("sector", "places"))
    return Full(
        event.capacity is not None and sum(held.values()) >= event.capacity,
        [sector for sector, most in quotas.items() if held.get(sector, 0) >= most],
    )


def next_in_line(event: Event, taken: Full | None = None) -> Registration | None:
    """Who of the waiting list can have a place now: the first of a sector with room."""
    taken = taken or full(event)
    if taken.event:
        return None
    return event.registrations.in_line().exclude(sector__in=taken.sectors).first()


def is_free(event: Event, sector: str) -> bool:
    """Whether somebody new of the sector gets a place, with nobody before them in line
    who could have it."""
    taken = full(event)
    if taken.event or sector in taken.sectors:
        return False
    return next_in_line(event, taken) is None


def in_line(registration: Registration) -> int:
    """Its place on the waiting list, from 1 on."""
    line = registration.event.registrations.in_line()
    return list(line.values_list("pk", flat=True)).index(registration.pk) + 1


def take(
    *,
    by: User | None,
    event: Event,
    source: str,
    language: str,
    name: str,
    email: str,
    sector: str,
    organisation: str = "",
    function: str = "",
    wants_welsh: bool = False,
    invitation: Invitation | None = None,
    replaces: Registration | None = None,
    reference: str = "",
) -> Registration:
    """A registration with a place, or on the waiting list where there is none or others
    of the line come first. Who walked in is there and has a place; a deputy has the
    place of whom they replace.

    Writes to nobody. Call it in a transaction that has locked the event. Raises
    IntegrityError where the address has a registration in force.
    """
    placed = source == Source.WALK_IN or replaces or is_free(event, sector)
    email = email.lower()
    person = (
        people.find_or_create(
            by=by,
            email=email,
            name=name,
            language=language,
            sector=sector,
            function=function,
        )
        if email
        else None
    )
    registration = Registration.objects.create(
        event=event,
        person=person,
        state=State.PLACE if placed else State.WAITING,
        source=source,
        invitation=invitation,
        replaces=replaces,
        reference=reference or new_reference(),
        name=name,
        email=email,
        organisation=organisation,
        sector=sector,
        function=function,
        language=language,
        wants_welsh=wants_welsh,
    )
    entries.record(by=by, action="registration.made", target=registration)
    return registration


def offer(*, by: User | None, event: Event) -> list[Registration]:
    """Offers what is free to those next in line, until the start at the latest; whom.

    Writes to nobody. Call it in a transaction that has locked the event.
    """
    offered: list[Registration] = []
    if not event.is_ahead or event.starts_at is None:
        return offered
    while registration := next_in_line(event):
        ends = timezone.now() + timedelta(hours=event.offer_hours)
        until = min(ends, event.starts_at)
        try:
            move(registration, State.OFFERED, offered_until=until)
        except MoveNotAllowed:
            # Erased at this moment, and so no longer in line.
            continue
        parts.leave_full_sessions(registration)
        entries.record(by=by, action="registration.offered", target=registration)
        offered.append(registration)
    return offered


def move(registration: Registration, state: str, **columns: Any) -> None:
    """On to `state`. Raises MoveNotAllowed, also where another was quicker: an erasure
    cancels without the lock."""
    before = registration.state
    check_move(Registration.MOVES, before, state)
    columns["state"] = state
    rows = Registration.objects.filter(pk=registration.pk, state=before)
    if not rows.update(**columns):
        check_move({}, before, state)
    for name, value in columns.items():
        setattr(registration, name, value)
