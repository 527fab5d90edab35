"""Times as the clocks of a place show them. What is stored is moments.

RFC 5545, 3.3.5 leaves it to us what a time means that a clock skips, or shows twice: a
person who typed one is asked again.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from engagement.core.errors import Refused

HOME = "Europe/London"


class NoSuchTime(Refused):
    """The clocks go forward over it."""


class TwoSuchTimes(Refused):
    """The clocks go back, and show it twice."""


def moment(face: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks of `zone` show `face`, which has no zone. Raises NoSuchTime or
    TwoSuchTimes."""
    first, second = (face.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    try:
        shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        shown = None
    if shown != face:
        raise NoSuchTime(
            _("There is no %(when)s in this time zone: the clocks go forward.")
            % _said(face)
        )
    if first.utcoffset() != second.utcoffset():
        raise TwoSuchTimes(
            _(
                "%(when)s comes twice in this time zone: the clocks go back. Choose another."
            )
            % _said(face)
        )
    return first


def face(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of `zone` show at the moment; without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def shift(at: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """As `at`, that much later by the clocks of `zone`: ten o'clock stays ten o'clock."""
    return moment(face(at, zone) + by, zone)


@cache
def zones() -> list[str]:
    """Every zone that there is, Wales's own first."""
    return [HOME, *sorted(available_timezones() - {HOME})]


def _said(face: datetime) -> dict[str, str]:
    return {"when": f"{face:%d/%m/%Y %H:%M}"}
