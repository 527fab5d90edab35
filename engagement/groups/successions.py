"""A seat that somebody holds needs a successor when they change post."""

from collections.abc import Iterator

from engagement.core.bilingual import shown
from engagement.groups.models import Membership
from engagement.groups.services.memberships import SEAT
from engagement.people.registry import Held, add_holding


def _seats(person: int) -> Iterator[Held]:
    sitting = Membership.objects.filter(person=person, ended_on=None)
    for row in sitting.select_related("seat__group"):
        what = {
            lang: f"{shown(row.seat.group, 'name', lang).text}: "
            f"{shown(row.seat, 'label', lang).text}"
            for lang in ("en", "cy")
        }
        url = row.seat.group.get_absolute_url()
        yield Held(what["en"], what["cy"], SEAT, row.seat_id, url)


add_holding(_seats)
