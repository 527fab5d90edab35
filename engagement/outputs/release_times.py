"""When a release comes out, in words as exact as what is known."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engagement.outputs.services.release_dates import CLOCK


def said(when: date | datetime | None) -> str:
    """ "March 2027" of a day that stands for its month, "12 March 2027, 9:30am" of a
    moment, by the clocks of Wales; "" of nothing."""
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return month(when)
    at = localtime(when, CLOCK)
    return f"{at.day} {month(at)}, {_clock(at)}"


def month(day: date) -> str:
    """Names of months have a capital in Welsh too."""
    return f"{date_format(day, 'F').capitalize()} {day.year}"


def _clock(at: datetime) -> str:
    time = {"time": f"{at.hour % 12 or 12}:{at:%M}"}
    return (_("%(time)sam") if at.hour < 12 else _("%(time)spm")) % time
