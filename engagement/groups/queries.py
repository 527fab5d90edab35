from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Prefetch

from engagement.groups.models import Group, Membership, Seat
from engagement.people.models import Sector


class Seating(NamedTuple):
    """Seats with `sitting` (who fills each now), those that are empty, and for whom."""

    seats: Sequence[Seat]
    empty: Sequence[Seat]
    empty_sectors: list[str]


def seating(group: Group) -> Seating:
    """A seat is empty where nobody is known, or reported, to sit in it."""
    sitting = Membership.objects.filter(ended_on__isnull=True).select_related("person")
    seats = group.seats.select_related("organisation").prefetch_related(
        Prefetch("memberships", sitting, to_attr="sitting")
    )
    empty = [s for s in seats if not s.filled_unnamed and not s.sitting]
    waiting = {_sector(seat) for seat in empty}
    return Seating(list(seats), empty, [str(s.label) for s in Sector if s in waiting])


def _sector(seat: Seat) -> str:
    """Of the seat, or of the body that it is for."""
    if seat.sector or not seat.organisation:
        return seat.sector
    return seat.organisation.sector
