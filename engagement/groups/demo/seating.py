"""Who sits in the steering group of Learning to Improve: all of them made up, in seats
that the report tells of.

A local-government seat is vacated and filled again, as in the report (Annex 2, 2.5).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from engagement.accounts.models import User
from engagement.groups.models import DeclaredInterest, Group, Membership, Seat
from engagement.people.models import Affiliation, EmailAddress, Person

MEMBER = "member@example.org"
Role, How = Membership.Role, Membership.Nomination


class Sitting(NamedTuple):
    """`since` and `until` are weeks before the first loading; `seat` its position."""

    key: str
    name: str
    seat: int
    since: int
    until: int | None = None
    role: str = Role.MEMBER
    how: str = How.BODY
    sector: str = "welsh_government"
    function: str = "policy"


OURS = (97, 98, 99)
SITTING = [
    Sitting("chair", "Chair", 0, 150, role=Role.CHAIR, how=How.OFFICE),
    Sitting("wlga", "Association member", 1, 150, sector="other_public"),
    Sitting("wlga-deputy", "Association deputy", 1, 100, None, Role.DEPUTY),
    Sitting("solace", "Chief executives' member", 2, 150, sector="other_public"),
    Sitting("council", "Council member", 3, 120, sector="local_authority"),
    Sitting("left", "Assistant chief executive", 4, 150, 60, sector="local_authority"),
    Sitting("nominee", "Chief executive", 4, 48, sector="local_authority"),
    Sitting("official-1", "First official", 5, 150, how=How.OFFICE),
    Sitting("official-2", "Second official", 6, 90, how=How.INVITED),
    Sitting("observer", "Observer", OURS[1], 80, None, Role.OBSERVER, How.INVITED),
]
INTERESTS = {
    "council": (90, "Their council took part in a case study."),
    "official-2": (50, "Formerly worked for the contractor of the learning programme."),
}
# Made up: a sector that the group wants, and that nobody has come from.
VOLUNTARY: dict[str, object] = {
    "label_en": "Voluntary sector",
    "label_cy": "Y sector gwirfoddol",
    "sector": "voluntary",
    "need": Seat.Need.WANTED,
}
OBSERVER: dict[str, object] = {
    "label_en": "Research contractor (observer)",
    "label_cy": "Contractwr yr ymchwil (sylwedydd)",
    "sector": "academic",
    "need": Seat.Need.WANTED,
    # No vote and no empty place: an observer fills no seat.
    "filled_unnamed": True,
}
DEMONSTRATION = {
    "label_en": "Demonstration seat",
    "label_cy": "Sedd arddangos",
    "sector": "local_authority",
}


def load(group: Group) -> None:
    _seat_the_member(group)
    if Membership.objects.filter(seat__group=group, person__name=_name("Chair")):
        return
    for position, fields in zip(OURS, (VOLUNTARY, OBSERVER), strict=False):
        _seat(group, position, fields)
    seats = {seat.position: seat for seat in group.seats.all()}
    people = _people()
    rows = [_membership(seats[one.seat], people[one.key], one) for one in SITTING]
    Membership.objects.bulk_create(rows)
    # They have names now, although made-up ones.
    named = {row.seat_id for row in rows if row.role in Membership.FILLING}
    group.seats.filter(pk__in=named).update(filled_unnamed=False)
    _interests(dict(zip([one.key for one in SITTING], rows, strict=True)))


def member(key: str) -> Membership:
    """The one of SITTING with that key."""
    name = next(one.name for one in SITTING if one.key == key)
    return Membership.objects.select_related("person", "seat").get(
        person__name=_name(name)
    )


def _people() -> dict[str, Person]:
    people = {
        one.key: Person(
            name=_name(one.name),
            email=f"{one.key}@synthetic.example.org",
            language="cy" if number % 3 == 1 else "en",
            is_synthetic=True,
        )
        for number, one in enumerate(SITTING)
    }
    Person.objects.bulk_create(people.values())
    EmailAddress.objects.bulk_create(
        EmailAddress.of(person, person.email) for person in people.values()
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            person=people[one.key], stated_sector=one.sector, function=one.function
        )
        for one in SITTING
    )
    return people


def _membership(seat: Seat, person: Person, one: Sitting) -> Membership:
    today = timezone.localdate()
    return Membership(
        seat=seat,
        person=person,
        role=one.role,
        nomination=one.how,
        started_on=today - timedelta(weeks=one.since),
        ended_on=today - timedelta(weeks=one.until) if one.until else None,
        is_synthetic=True,
    )


def _interests(terms: dict[str, Membership]) -> None:
    today = timezone.localdate()
    DeclaredInterest.objects.bulk_create(
        DeclaredInterest(
            membership=terms[key], text=text, declared_on=today - timedelta(weeks=weeks)
        )
        for key, (weeks, text) in INTERESTS.items()
    )


def _seat_the_member(group: Group) -> None:
    """The account that the demonstration signs in as."""
    person, new = Person.objects.get_or_create(
        email=MEMBER,
        defaults={
            "name": _name("Demonstration member"),
            "is_synthetic": True,
            "user": User.objects.filter(email=MEMBER).first(),
        },
    )
    if new:
        EmailAddress.of(person, MEMBER).save()
    seat, new = _seat(group, OURS[2], DEMONSTRATION)
    if new:
        started_on = timezone.localdate() - timedelta(weeks=40)
        Membership.objects.create(
            seat=seat, person=person, started_on=started_on, is_synthetic=True
        )


def _seat(
    group: Group, position: int, fields: Mapping[str, object]
) -> tuple[Seat, bool]:
    rest = {name: value for name, value in fields.items() if name != "label_en"}
    return Seat.objects.get_or_create(
        group=group,
        label_en=fields["label_en"],
        defaults=rest
        | {
            "position": position,
            "is_synthetic": True,
            "opened_on": timezone.localdate() - timedelta(weeks=100),
        },
    )


def _name(name: str) -> str:
    return f"{name} (synthetic)"
