from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core import spreadsheets
from engagement.events.models import Event, Registration


def registrations(event: Event) -> bytes:
    """One line for each registration, cancelled ones too, in the reader's language."""
    headings = [
        *(_("Reference"), _("Name"), _("E-mail address"), _("Organisation")),
        *(_("Sector"), _("Would like to use Welsh"), _("Registered")),
        *(_("Cancelled"), _("Came")),
    ]
    rows = event.registrations.select_related("attendance")
    return spreadsheets.write("csv", headings, map(_cells, rows))


def _cells(one: Registration) -> list[str]:
    yes, no = _("Yes"), _("No")
    cancelled = one.cancelled_at and timezone.localtime(one.cancelled_at)
    return [
        *(one.reference, one.name, one.email, one.organisation),
        one.get_sector_display(),
        yes if one.wants_welsh else no,
        f"{timezone.localtime(one.created_at):%Y-%m-%d %H:%M}",
        f"{cancelled:%Y-%m-%d %H:%M}" if cancelled else "",
        yes if hasattr(one, "attendance") else no,
    ]
