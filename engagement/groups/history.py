"""Where people sat."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.groups.models import Membership
from engagement.people.histories import midnight
from engagement.people.registry import About, Happening, add_history


def _sat(people: Collection[int]) -> Iterator[Happening]:
    rows = Membership.objects.filter(person__in=people)
    for row in rows.select_related("seat__group"):
        group, person = row.seat.group, row.person_id or 0
        names = {
            "seat": shown(row.seat, "label").text,
            "group": shown(group, "name").text,
        }
        url = group.get_absolute_url()
        text = _("Took a seat: %(seat)s, %(group)s") % names
        yield Happening(midnight(row.started_on), About.GROUP, text, person, url)
        if row.ended_on:
            text = _("Left a seat: %(seat)s, %(group)s") % names
            yield Happening(midnight(row.ended_on), About.GROUP, text, person, url)


add_history(_sat)
