from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Moment(forms.CharField):
    """A day, or a moment with its zone, both as ISO 8601 writes them."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = parse_date(text) or parse_datetime(text)
        except ValueError:
            found = None
        if found is None or not _is_plain(found):
            raise ValidationError(
                _("Enter a day as 2026-03-31, or a moment with zone.")
            )
        return found


class TimeForm(forms.Form):
    """`from` and `to`, or neither. A day is in it as a whole; a moment in `to` is the
    first one out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = Moment(label=gettext_lazy("From"), required=False)
        self.fields["to"] = Moment(label=gettext_lazy("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """With `during`, None for all of it."""
        found = super().clean() or self.cleaned_data
        start, end = found.get("from"), found.get("to")
        found["during"] = (_start(start), _end(end)) if start and end else None
        if self.errors:
            return found
        if (start is None) != (end is None):
            self.add_error("to" if start else "from", _("Enter both, or neither."))
        elif found["during"] and found["during"][0] >= found["during"][1]:
            self.add_error("to", _("The last day comes before the first."))
        return found


def _is_plain(given: date) -> bool:
    """Neither without a zone, nor so far away that another zone has no such day."""
    zoned = not isinstance(given, datetime) or given.tzinfo is not None
    return zoned and 1900 < given.year < 3000


def _start(given: date) -> datetime:
    return given if isinstance(given, datetime) else _midnight(given)


def _end(given: date) -> datetime:
    if isinstance(given, datetime):
        return given
    return _midnight(given + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
