"""A group's seats against who fills them, and against whom its study means to reach."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, TextChoices
from django.utils.translation import gettext as _

from engagement.groups import turnout
from engagement.groups.models import Membership, Seat
from engagement.people.models import Affiliation, Area, Function, Sector
from engagement.studies.models import Target

MOST = 8


class Period(NamedTuple):
    label: str
    # The day that speaks for it: its last, or today.
    day: date


class Cell(NamedTuple):
    """Seats for a sector, how many of them are filled, and people of it in any seat."""

    filled: int
    seats: int
    people: int


class Row(NamedTuple):
    label: str
    cells: list[Cell]


class Reach(NamedTuple):
    """How many of the bodies that a study means to reach have somebody here."""

    target: Target
    here: int
    areas: list[str]
    missing: list[str]


class Turnout(NamedTuple):
    seat: Seat
    came: int
    held: int


class Posts:
    """The posts of everybody who ever sat, for the one they had on a day."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        people = {t.person_id for seat in seats for t in _terms(seat)} - {None}
        rows = Affiliation.objects.filter(person__in=people)
        self.rows: dict[int, list[Affiliation]] = {}
        latest = F("started_on").desc(nulls_last=True)
        for row in rows.select_related("organisation").order_by(latest, "-pk"):
            self.rows.setdefault(row.person_id, []).append(row)

    def on(self, person: int | None, day: date) -> Affiliation | None:
        for row in self.rows.get(person or 0, ()):
            begun = row.started_on is None or row.started_on <= day
            if begun and (row.ended_on is None or row.ended_on > day):
                return row
        return None


def years(seats: Sequence[Seat], today: date) -> list[Period]:
    """Each year since somebody sat, the last MOST of them; the latest last."""
    begun = [t.started_on.year for seat in seats for t in _terms(seat)]
    first = max(min([*begun, today.year]), today.year - MOST + 1)
    found = range(first, today.year + 1)
    return [Period(str(year), min(date(year, 12, 31), today)) for year in found]


def quarters(today: date) -> list[Period]:
    """The last MOST."""
    here = today.year * 4 + (today.month - 1) // 3
    found = []
    for number in range(here - MOST + 1, here + 1):
        year, quarter = divmod(number, 4)
        after = date(year + quarter // 3, (quarter * 3 + 3) % 12 + 1, 1)
        names = {"year": year, "quarter": quarter + 1}
        label = _("%(year)s, quarter %(quarter)s") % names
        found.append(Period(label, min(after - timedelta(days=1), today)))
    return found


def by_sector(seats: Sequence[Seat], posts: Posts, when: list[Period]) -> list[Row]:
    return _table(seats, posts, when, Sector, lambda seat: seat.whose, _sector)


def by_function(seats: Sequence[Seat], posts: Posts, when: list[Period]) -> list[Row]:
    def whose(seat: Seat) -> str:
        return seat.function

    return _table(seats, posts, when, Function, whose, lambda post: post.function)


def reach(
    targets: Iterable[Target], seats: Sequence[Seat], posts: Posts, today: date
) -> list[Reach]:
    """Of local authorities, areas are counted: which are here and which are not."""
    return [_reached(target, seats, posts, today) for target in targets]


def attendance(seats: Sequence[Seat], meetings: list[turnout.Held]) -> list[Turnout]:
    """Out of the meetings while the group had the seat; somebody came, or a deputy."""
    rows = []
    for seat in seats:
        those = [one for one in meetings if turnout.existed(seat, one.day)]
        came = sum(turnout.was_there(_terms(seat), one) for one in those)
        rows.append(Turnout(seat, came, len(those)))
    return rows


def _terms(seat: Seat) -> list[Membership]:
    """As `queries.history` found them."""
    return seat.terms  # type: ignore[attr-defined, no-any-return]


def _filling(seat: Seat, day: date) -> list[Membership]:
    those = [t for t in _terms(seat) if t.role in Membership.FILLING]
    return [term for term in those if turnout.sat(term, day)]


def _sector(post: Affiliation) -> str:
    return post.organisation.sector if post.organisation else post.stated_sector


def _table(
    seats: Sequence[Seat],
    posts: Posts,
    when: list[Period],
    kinds: type[TextChoices],
    whose: Callable[[Seat], str],
    of_post: Callable[[Affiliation], str],
) -> list[Row]:
    names = [*((kind.value, str(kind.label)) for kind in kinds), ("", _("Not said"))]
    rows = []
    for key, label in names:
        cells = [_cell(key, seats, posts, one.day, whose, of_post) for one in when]
        if any(cell.seats or cell.people for cell in cells):
            rows.append(Row(label, cells))
    return rows


def _cell(
    key: str,
    seats: Sequence[Seat],
    posts: Posts,
    day: date,
    whose: Callable[[Seat], str],
    of_post: Callable[[Affiliation], str],
) -> Cell:
    filled = number = people = 0
    for seat in seats:
        if not turnout.existed(seat, day):
            continue
        terms = _filling(seat, day)
        if whose(seat) == key:
            number += 1
            filled += bool(terms or seat.filled_unnamed)
        for term in terms:
            post = posts.on(term.person_id, day)
            people += (of_post(post) if post else "") == key
    return Cell(filled, number, people)


def _reached(target: Target, seats: Sequence[Seat], posts: Posts, today: date) -> Reach:
    bodies = {}
    for seat in seats:
        terms = _filling(seat, today)
        if not turnout.existed(seat, today) or not (terms or seat.filled_unnamed):
            continue
        there = [posts.on(term.person_id, today) for term in terms]
        held = {(p.organisation, p.function) for p in there if p}
        held.add((seat.organisation, seat.function))
        for body, function in held:
            right = not target.function or target.function == function
            if body and body.sector == target.sector and right:
                bodies[body.pk] = body
    if target.sector != Sector.LOCAL_AUTHORITY:
        return Reach(target, len(bodies), [], [])
    here = {body.area for body in bodies.values()} - {""}
    areas = [str(area.label) for area in Area if area in here]
    missing = [str(area.label) for area in Area if area not in here]
    return Reach(target, len(areas), areas, missing)
