import csv
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.events.models import Event, Registration

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def registrations(event: Event) -> str:
    """One line for each registration, cancelled ones too, in the reader's language."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(
        [
            *(_("Reference"), _("Name"), _("E-mail address"), _("Organisation")),
            *(_("Sector"), _("Would like to use Welsh"), _("Registered")),
            *(_("Cancelled"), _("Came")),
        ]
    )
    for one in event.registrations.select_related("attendance"):
        lines.writerow([harmless(cell) for cell in _cells(one)])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell, with a quotation mark before what would run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


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
