"""Who came."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Attendance, Event


class NotYet(Refused):
    """Nobody has come to an event before its day."""


class NotRegistered(Refused):
    """A mark for somebody who has no registration in force for this event."""


def mark(*, by: User | None, event: Event, came: Collection[int]) -> int:
    """Exactly the registrations with these ids came, and no others; returns how many.

    Marking the same people again changes nothing. Raises NotYet or NotRegistered.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=event.pk)
        if not event.takes_attendance:
            raise NotYet(_("Attendance can be marked from the day of the event on."))
        wanted = set(came)
        live = set(event.registrations.live().values_list("pk", flat=True))
        if not wanted <= live:
            raise NotRegistered(
                _("Somebody has cancelled in the meantime. Load the page again.")
            )
        marks = Attendance.objects.filter(registration__event=event)
        marks.exclude(registration__in=wanted).delete()
        known = set(marks.values_list("registration_id", flat=True))
        Attendance.objects.bulk_create(
            Attendance(registration_id=pk) for pk in sorted(wanted - known)
        )
        entries.record(
            by=by, action="event.attendance_marked", target=event, came=len(wanted)
        )
    return len(wanted)
