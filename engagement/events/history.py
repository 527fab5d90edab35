"""What people registered for and came to."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events.models import Attendance, Registration
from engagement.people.registry import About, Happening, add_history


def _registered(people: Collection[int]) -> Iterator[Happening]:
    rows = Registration.objects.filter(person__in=people).select_related("event")
    for row in rows:
        url, person = row.event.get_absolute_url(), row.person_id or 0
        title = {"title": shown(row.event, "title").text}
        text = _("Registered for “%(title)s”") % title
        yield Happening(row.created_at, About.EVENT, text, person, url)
        if row.cancelled_at:
            text = _("Cancelled the registration for “%(title)s”") % title
            yield Happening(row.cancelled_at, About.EVENT, text, person, url)


def _came(people: Collection[int]) -> Iterator[Happening]:
    rows = Attendance.objects.filter(registration__person__in=people)
    for row in rows.select_related("registration__event"):
        event, person = row.registration.event, row.registration.person_id or 0
        text = _("Came to “%(title)s”") % {"title": shown(event, "title").text}
        at = event.starts_at or row.marked_at
        yield Happening(at, About.EVENT, text, person, event.get_absolute_url())


add_history(_registered)
add_history(_came)
