"""What was sent to people, and what they opened of it where they agreed to that."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.people.histories import midnight
from engagement.people.registry import About, Happening, add_history
from newsletters.models import Delivery, Reading

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
        if row.bounced_at:
            yield _came_back(row, row.bounced_at)


def _came_back(row: Delivery, at: datetime) -> Happening:
    text = _("Issue “%(title)s” came back: %(kind)s") % {
        "title": shown(row.issue, "title").text,
        "kind": row.bounce_label,
    }
    url = f"{reverse('mail:inbound')}?key=delivery-{row.pk}"
    return Happening(at, About.MAIL, text, row.person_id or 0, url)


def _opened(people: Collection[int]) -> Iterator[Happening]:
    rows = Reading.objects.filter(delivery__person__in=people)
    for row in rows.select_related("article", "delivery"):
        text = _("Opened the article “%(title)s”") % {
            "title": shown(row.article, "title").text
        }
        person, url = row.delivery.person_id or 0, row.article.get_absolute_url()
        yield Happening(midnight(row.day), About.MAIL, text, person, url)


add_history(_sent)
add_history(_opened)
