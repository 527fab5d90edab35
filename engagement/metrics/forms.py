from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Shown where nothing is chosen.
USUAL = timedelta(days=27)


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Four weeks up to today where nothing is said; it shows the days it stands for."""

    first = Day(label=_("From"))
    last = Day(label=_("To"))

    def __init__(self, query: QueryDict) -> None:
        today = timezone.localdate()
        self.usual = today - USUAL, today
        names = ("first", "last")
        super().__init__(
            {n: query.get(n) or day for n, day in zip(names, self.usual, strict=True)}
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and given["first"] > given["last"]:
            self.add_error("last", _("This is before the first day."))
        return given

    def period(self) -> tuple[date, date]:
        """As asked for, or the usual one where that cannot be."""
        if self.is_valid():
            return self.cleaned_data["first"], self.cleaned_data["last"]
        return self.usual


class RecountForm(forms.Form):
    first = Day(
        label=_("From"),
        required=False,
        help_text=_("Left out: from the oldest hit on record."),
    )


class ObjectionForm(forms.Form):
    """Two buttons, each with its answer in a field that nobody sees."""

    count = forms.TypedChoiceField(
        choices=[("no", "no"), ("yes", "yes")], coerce=lambda said: said == "yes"
    )
