from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, ClockField, by_the_clock
from engagement.events import repeating
from engagement.events.models import Event

HOW_OFTEN = _("Enter a whole number from 1 to 12.")
HOW_MANY = _("Enter a whole number from 1 to 52.")


class RepeatForm(forms.Form):
    """How an event is repeated; asked for by GET to look at the dates first."""

    every = forms.IntegerField(
        label=_("Repeat every"),
        min_value=1,
        max_value=12,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), HOW_OFTEN
        ),
    )
    unit = forms.ChoiceField(
        label=_("Weeks or months"),
        choices=[
            (repeating.WEEKS, _("Weeks")),
            (repeating.MONTHS, _("Months, on the same weekday")),
        ],
        initial=repeating.WEEKS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose weeks or months.")},
    )
    number = forms.IntegerField(
        label=_("How many more events"),
        required=False,
        min_value=1,
        max_value=repeating.MOST,
        help_text=_("Or give the last day below."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOW_MANY),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, such as 31/12/2026.")},
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        given = [name for name in ("number", "until") if fields.get(name)]
        if not self.errors and len(given) != 1:
            self.add_error(
                "number", _("Say how many more events, or until when: one of the two.")
            )
        return fields

    def starts(self, first: datetime) -> list[datetime]:
        """By the clocks, once the form is valid."""
        return repeating.starts(first, **self.cleaned_data)


class DuplicateForm(forms.Form):
    """When the copy starts, by the clocks of the event."""

    starts_at = ClockField(
        label=_("When the new event starts"),
        help_text=_("Everything else keeps its distance to it."),
        error_messages={"required": _("Enter when the event starts."), **NO_NUL},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean(self) -> dict[str, Any]:
        """Refuses what there is no moment for, and keeps what the clock shows."""
        fields = super().clean() or {}
        typed = fields.get("starts_at")
        by_the_clock(self, self.event.zone, "starts_at")
        return {**self.cleaned_data, "starts_at": typed}
