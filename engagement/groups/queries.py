from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils import timezone

from engagement.groups.models import Group, Membership, Seat
from engagement.people.models import Sector


class Seating(NamedTuple):
    """Seats with `sitting` (who fills each), those that are empty, and for whom."""

    seats: Sequence[Seat]
    empty: Sequence[Seat]
    empty_sectors: list[str]


def seating(group: Group, day: date | None = None) -> Seating:
    """Of today, or of any day. A seat is empty where nobody is known, or reported, to
    sit in it. Each seat has `sitting`, and `beside`: its deputy and observers."""
    day = day or timezone.localdate()
    terms = Membership.objects.on(day).select_related("person")
    seats = list(
        group.seats.on(day)
        .select_related("organisation")
        .prefetch_related(Prefetch("memberships", terms, to_attr="here"))
    )
    for seat in seats:
        filling = [t for t in seat.here if t.role in Membership.FILLING]  # type: ignore[attr-defined]
        seat.sitting = filling  # type: ignore[attr-defined]
        seat.beside = [t for t in seat.here if t not in filling]  # type: ignore[attr-defined]
    empty = [s for s in seats if not s.filled_unnamed and not s.sitting]  # type: ignore[attr-defined]
    waiting = {seat.whose for seat in empty}
    return Seating(seats, empty, [str(s.label) for s in Sector if s in waiting])


def history(group: Group) -> list[Seat]:
    """All seats that it ever had, each with all terms, the latest first."""
    terms = Membership.objects.select_related("person").order_by("-started_on", "-pk")
    seats = group.seats.select_related("organisation", "group")
    return list(seats.prefetch_related(Prefetch("memberships", terms, to_attr="terms")))
