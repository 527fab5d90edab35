"""What a secretary must see to: what is so of a group today."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from engagement.accounts.models import User
from engagement.groups import turnout
from engagement.groups.models import Group, Membership, Notice, Seat
from engagement.groups.queries import history
from engagement.studies.models import Ownership

# How many meetings without somebody say something.
MEETINGS = 3
Kind = Notice.Kind
# The kind, and what it is about.
Found = tuple[str, str]
STEERS = (Group.Kind.STEERING, Group.Kind.PROJECT_BOARD)


def find(group: Group, today: date) -> set[Found]:
    """Nothing of a group that is only proposed."""
    if group.kind == Group.Kind.PROPOSED:
        return set()
    seats = history(group)
    now = [seat for seat in seats if turnout.existed(seat, today)]
    meetings = turnout.held(group)
    return {
        *_empty(now, today),
        *_silent(now, meetings),
        *_never_came(seats, meetings, today),
        *_vacant(group, seats, today),
    }


def secretaries(group: Group, today: date) -> "list[User | Membership]":
    """The account that is named, or else who is its secretary by a seat."""
    if group.secretary and group.secretary.is_active:
        return [group.secretary]
    terms = Membership.objects.on(today).filter(
        seat__group=group, role=Membership.Role.SECRETARY, person__isnull=False
    )
    return list(terms.select_related("person"))


def _empty(seats: list[Seat], today: date) -> Iterator[Found]:
    """Required ones, and nobody is to come either."""
    for seat in seats:
        if seat.need != Seat.Need.REQUIRED or seat.filled_unnamed:
            continue
        terms = [t for t in seat.terms if t.role in Membership.FILLING]  # type: ignore[attr-defined]
        if not any(t.ended_on is None or t.ended_on > today for t in terms):
            yield Kind.EMPTY_SEAT, f"seat-{seat.pk}"


def _silent(seats: list[Seat], meetings: list[turnout.Held]) -> Iterator[Found]:
    """A sector that had a seat at the last three meetings, and nobody at any."""
    last = meetings[-MEETINGS:]
    if len(last) < MEETINGS:
        return
    for sector in sorted({seat.whose for seat in seats} - {""}):
        theirs = [seat for seat in seats if seat.whose == sector]
        if any(sector in meeting.sectors for meeting in last):
            continue
        had = all(any(turnout.existed(s, m.day) for s in theirs) for m in last)
        came = any(turnout.was_there(s.terms, m) for s in theirs for m in last)  # type: ignore[attr-defined]
        if had and not came:
            yield Kind.SILENT_SECTOR, f"sector-{sector}"


def _never_came(
    seats: list[Seat], meetings: list[turnout.Held], today: date
) -> Iterator[Found]:
    """Themselves: a deputy who comes does not make a member one who has come."""
    for seat in seats:
        for term in seat.terms:  # type: ignore[attr-defined]
            filling = term.role in Membership.FILLING and term.person_id
            if not filling or not turnout.sat(term, today):
                continue
            theirs = [m for m in meetings if turnout.sat(term, m.day)]
            never = not any(term.person_id in meeting.came for meeting in theirs)
            if len(theirs) >= MEETINGS and never:
                yield Kind.NEVER_CAME, f"membership-{term.pk}"


def _vacant(group: Group, seats: list[Seat], today: date) -> Iterator[Found]:
    chairs = [t for s in seats for t in s.terms if t.role == Membership.Role.CHAIR]  # type: ignore[attr-defined]
    had = any(t.ended_on and t.ended_on <= today for t in chairs)
    if had and not any(turnout.sat(term, today) for term in chairs):
        yield Kind.CHAIR_LEFT, ""
    # A forum that others run is on record, and nobody here serves it.
    in_use = any(s.terms for s in seats) or group.meetings.exists()  # type: ignore[attr-defined]
    if in_use and not secretaries(group, today):
        yield Kind.NO_SECRETARY, ""
    if group.kind in STEERS and _champion_left(group, today):
        yield Kind.CHAMPION_LEFT, ""
    if group.review_on and group.review_on <= today:
        yield Kind.REVIEW_DUE, ""


def _champion_left(group: Group, today: date) -> bool:
    rows = Ownership.objects.filter(study=group.study_id, role=Ownership.Role.CHAMPION)
    left = Q(ended_on__lte=today)
    return rows.filter(left).exists() and not rows.on(today).exists()
