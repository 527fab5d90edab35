"""Who came to a group's meetings, seat by seat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from engagement.events.models import Attendance, Event, Registration
from engagement.groups.models import Group, Membership, Seat


@dataclass
class Held:
    """A meeting of which it is known who came: themselves, and by a deputy."""

    day: date
    came: set[int] = field(default_factory=set)
    stood_for: set[int] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)


def held(group: Group) -> list[Held]:
    """The latest last. A meeting without a single mark says nothing of who came."""
    meetings = group.meetings.filter(event__status=Event.Status.HELD)
    found: dict[int, Held] = {}
    for meeting in meetings.select_related("event"):
        begun, day = meeting.event.starts_at, meeting.event.starts_on
        if begun:
            day = timezone.localdate(begun)
        if day:
            found[meeting.event_id] = Held(day)
    for event, person, sector, replaced, source, invited in _marks(found):
        there = found[event]
        there.sectors.add(sector)
        there.came |= {person} - {None}
        if source == Registration.Source.DEPUTY:
            there.stood_for |= {replaced, invited} - {None}
    known = [one for one in found.values() if one.sectors]
    return sorted(known, key=lambda one: one.day)


def _marks(events: Iterable[int]) -> Iterable[tuple[int, int, str, int, str, int]]:
    rows = Attendance.objects.filter(registration__event__in=list(events))
    columns = ("event", "person", "sector", "replaces__person", "source")
    names = [f"registration__{column}" for column in columns]
    return rows.values_list(*names, "registration__invitation__person")


def was_there(terms: Iterable[Membership], meeting: Held) -> bool:
    """Whoever had the seat that day came, or a deputy did. An observer is not it."""
    for term in terms:
        if not sat(term, meeting.day):
            continue
        here = term.person_id in meeting.came
        if term.role in Membership.FILLING:
            here = here or term.person_id in meeting.stood_for
        if here and term.role != Membership.Role.OBSERVER:
            return True
    return False


def sat(term: Membership, day: date) -> bool:
    """As `Membership.objects.on`, of a row that is here already."""
    return term.started_on <= day and (term.ended_on is None or term.ended_on > day)


def existed(seat: Seat, day: date) -> bool:
    """As `Seat.objects.on`, of a row that is here already."""
    opened = seat.opened_on is None or seat.opened_on <= day
    return opened and (seat.closed_on is None or seat.closed_on > day)
