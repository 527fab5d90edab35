"""A seat that somebody holds, and what they owe to a group, needs a successor when they
change post."""

from collections.abc import Iterator

from django.utils import timezone

from engagement.core.bilingual import shown
from engagement.groups.models import Action, Membership
from engagement.groups.services import actions
from engagement.groups.services.memberships import SEAT
from engagement.people.registry import Held, add_holding


def _seats(person: int) -> Iterator[Held]:
    sitting = Membership.objects.filter(person=person).lasting(timezone.localdate())
    for row in sitting.select_related("seat__group"):
        what = {
            lang: f"{shown(row.seat.group, 'name', lang).text}: "
            f"{shown(row.seat, 'label', lang).text}"
            for lang in ("en", "cy")
        }
        url = row.seat.group.get_absolute_url()
        yield Held(what["en"], what["cy"], SEAT, row.seat_id, url)


def _owed(person: int) -> Iterator[Held]:
    rows = Action.objects.open().filter(owner__person=person)
    for row in rows.select_related("group"):
        yield actions.held(row)


add_holding(_seats)
add_holding(_owed)
