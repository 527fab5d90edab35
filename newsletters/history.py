"""What was sent to people. What was read is kept by nobody's name."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.people.registry import About, Happening, add_history
from newsletters.models import Delivery

TOLD = (
    Delivery.State.ACCEPTED,
    Delivery.State.REJECTED,
    Delivery.State.UNKNOWN,
    Delivery.State.SUPPRESSED,
)


def _sent(people: Collection[int]) -> Iterator[Happening]:
    rows = Delivery.objects.filter(person__in=people, state__in=TOLD)
    for row in rows.select_related("issue"):
        text = _("Issue “%(title)s”: %(state)s") % {
            "title": shown(row.issue, "title").text,
            "state": row.get_state_display(),
        }
        url = reverse("newsletters:progress", args=[row.issue_id])
        at = row.handed_over_at or row.settled_at or row.due_at
        yield Happening(at, About.MAIL, text, row.person_id or 0, url)


add_history(_sent)
