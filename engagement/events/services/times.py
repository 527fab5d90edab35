"""When an event is, by the clock of where it takes place."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.events.models import Event

DAY_AND_TIME = "l j F Y, H:i"


def comes_twice(local: datetime) -> bool:
    """Whether clocks are put back, so that this time of that day is two moments."""
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]


def in_words(event: Event) -> str:
    """From when to when, in the reader's language; nothing where no hour is known.

    Says which place's clock it is where it is not that of Wales.
    """
    if event.starts_at is None:
        return ""
    starts = event.starts_at.astimezone(event.zone)
    words = _words(starts, DAY_AND_TIME)
    if event.ends_at:
        ends = event.ends_at.astimezone(event.zone)
        same_day = starts.date() == ends.date()
        last = _words(ends, "H:i" if same_day else DAY_AND_TIME)
        words = _("%(start)s to %(end)s") % {"start": words, "end": last}
    if event.zone.key == settings.TIME_ZONE:
        return words
    place = event.zone.key.rpartition("/")[2].replace("_", " ")
    return _("%(when)s (%(place)s time)") % {"when": words, "place": place}


def _words(local: datetime, form: str) -> str:
    words = date_format(local, form, use_l10n=False)
    return f"{words} {local.tzname()}" if comes_twice(local) else words


def days(event: Event) -> list[datetime]:
    """The first moment of each day that it is on; what ends at midnight is not on the
    day that begins then."""
    if event.starts_at is None:
        return []
    first = event.starts_at.astimezone(event.zone)
    last = first
    if event.ends_at:
        last = (event.ends_at - timedelta(microseconds=1)).astimezone(event.zone)
    number = (last.date() - first.date()).days + 1
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return [start + timedelta(days=day) for day in range(number)]
