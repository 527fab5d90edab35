"""A day and a time on the clocks of Wales, as one moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.errors import Refused

CLOCKS = ZoneInfo("Europe/London")
LONGEST_WAIT = timedelta(days=365)


class NoSuchMoment(Refused):
    """The clocks go over this time, or show it twice."""


class NotAhead(Refused):
    """It has gone, or is too far away."""


def moment(day: date, at: time) -> datetime:
    """Raises NoSuchMoment where the clocks leave the time out, or show it twice: nobody
    can know which was meant."""
    first = datetime.combine(day, at.replace(fold=0), tzinfo=CLOCKS)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    words = {"time": f"{at:%H:%M}", "day": date_format(day, "j F Y")}
    back = first.astimezone(timezone.get_fixed_timezone(0)).astimezone(CLOCKS)
    if back.replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NoSuchMoment(
            _(
                "%(time)s on %(day)s does not exist: the clocks go forward. Choose another."
            )
            % words
        )
    raise NoSuchMoment(
        _("%(time)s on %(day)s happens twice: the clocks go back. Choose another time.")
        % words
    )


def check_ahead(at: datetime) -> None:
    """Raises NotAhead unless it is still to come, within a year."""
    now = timezone.now()
    if at <= now:
        raise NotAhead(_("Choose a time that is still to come."))
    if at > now + LONGEST_WAIT:
        raise NotAhead(_("Choose a time within a year from now."))


def left(at: datetime) -> str:
    """How long until then, in the largest unit that fits; "" where it has come."""
    minutes = int((at - timezone.now()).total_seconds()) // 60
    if minutes < 1:
        return ""
    if minutes < 120:
        return _("minutes to go: %(number)s") % {"number": minutes}
    if minutes < 48 * 60:
        return _("hours to go: %(number)s") % {"number": minutes // 60}
    return _("days to go: %(number)s") % {"number": minutes // (24 * 60)}
