"""Days as exactly as they are known, and no more exactly."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.evidence.models import EvidenceOfUse

FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y"}


def shown(use: EvidenceOfUse) -> str:
    """As "3 May 2011", "May 2011", "2011" or "Not known", in the reader's language."""
    if use.happened_on is None:
        return _("Not known")
    return date_format(use.happened_on, FORMATS[use.happened_precision])


def first(day: date | None, precision: str) -> date | None:
    """The day that stands for the month or year that it is in; None where not known."""
    if day is None or precision == "unknown":
        return None
    if precision == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "month" else day
