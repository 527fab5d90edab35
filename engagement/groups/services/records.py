"""A meeting's row, and what may no longer be changed on it."""

from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.groups.models import Meeting


class Frozen(Refused):
    """Its minutes are approved: only a dated note corrects them."""


def locked(meeting: Meeting) -> Meeting:
    """Locked until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def open_(meeting: Meeting) -> Meeting:
    """As `locked`. Raises Frozen."""
    found = locked(meeting)
    if found.minutes == Meeting.Minutes.APPROVED:
        raise Frozen(
            _("The minutes are approved. They can only be corrected by a dated note.")
        )
    return found
