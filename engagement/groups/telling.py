"""A notice in words: what is so, and what to do, in the language of whoever reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.groups.models import Group, Membership, Notice, Seat
from engagement.people.models import Sector

Kind = Notice.Kind


@dataclass
class Told:
    """Of one notice, with the seat or the term that it is about, where that is there."""

    notice: Notice
    group: Group
    seat: Seat | None = None
    term: Membership | None = None

    def what(self) -> str:
        names = {
            "seat": shown(self.seat, "label").text if self.seat else "",
            "person": self.term.person.name if self.term and self.term.person else "",
            "sector": self._sector(),
        }
        return _WHAT[self.notice.kind]() % names

    def todo(self) -> str:
        return _TODO[self.notice.kind]()

    def url(self) -> str:
        """Where it is seen to."""
        slug, kind = self.group.slug, self.notice.kind
        if self.seat and kind == Kind.EMPTY_SEAT:
            return reverse("groups:fill", args=[self.seat.pk])
        if self.term:
            return reverse("groups:term", args=[self.term.pk])
        if kind == Kind.CHAMPION_LEFT and self.group.study:
            return reverse("studies:ownership", args=[self.group.study.slug])
        if kind == Kind.SILENT_SECTOR:
            return reverse("groups:representation", args=[slug])
        page = "edit" if kind in (Kind.NO_SECRETARY, Kind.REVIEW_DUE) else "seats"
        return reverse(f"groups:{page}", args=[slug])

    def _sector(self) -> str:
        key = self.notice.about.removeprefix("sector-")
        return str(Sector(key).label) if key in Sector.values else ""


_WHAT: dict[str, Callable[[], str]] = {
    Kind.EMPTY_SEAT: lambda: _("A seat that must be filled is empty: %(seat)s"),
    Kind.SILENT_SECTOR: lambda: _(
        "Nobody of this sector came to the last three meetings: %(sector)s"
    ),
    Kind.NEVER_CAME: lambda: _(
        "After three meetings or more, this member has never come: %(person)s, %(seat)s"
    ),
    Kind.CHAIR_LEFT: lambda: _("The chair has left, and nobody has taken the chair."),
    Kind.NO_SECRETARY: lambda: _("The group has no secretary."),
    Kind.CHAMPION_LEFT: lambda: _("The study's champion has left without a successor."),
    Kind.REVIEW_DUE: lambda: _("The group is due to be reviewed."),
}
_TODO: dict[str, Callable[[], str]] = {
    Kind.EMPTY_SEAT: lambda: _(
        "Ask the body, or the sector, to nominate somebody, and fill the seat."
    ),
    Kind.SILENT_SECTOR: lambda: _(
        "Speak to those who hold its seats: is it the time, the place or the subject? "
        "Ask for deputies, or for somebody else."
    ),
    Kind.NEVER_CAME: lambda: _(
        "Speak to them before the next meeting. Offer a deputy, or ask their body to "
        "nominate somebody who can come."
    ),
    Kind.CHAIR_LEFT: lambda: _(
        "Find a chair before the next meeting, and fill a seat as chair."
    ),
    Kind.NO_SECRETARY: lambda: _("Name a secretary in the settings of the group."),
    Kind.CHAMPION_LEFT: lambda: _(
        "Ask the sponsor who speaks up for the study now, and put it on record."
    ),
    Kind.REVIEW_DUE: lambda: _(
        "Put the remit, the seats and the terms of reference on the next agenda, and "
        "set the day of the next review."
    ),
}


def tell(notices: Iterable[Notice]) -> list[Told]:
    """In their order; in two queries, whatever they are about."""
    rows = list(notices)
    terms = Membership.objects.select_related("seat", "person").in_bulk(
        _numbers(rows, "membership-")
    )
    seats = Seat.objects.in_bulk(_numbers(rows, "seat-"))
    return [_told(row, seats, terms) for row in rows]


def _told(row: Notice, seats: dict[int, Seat], terms: dict[int, Membership]) -> Told:
    kind, _dash, number = row.about.partition("-")
    term = terms.get(int(number)) if kind == "membership" else None
    seat = seats.get(int(number)) if kind == "seat" else None
    if term:
        seat = term.seat
    return Told(row, row.group, seat, term)


def _numbers(rows: list[Notice], start: str) -> list[int]:
    return [int(r.about[len(start) :]) for r in rows if r.about.startswith(start)]
