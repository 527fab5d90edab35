from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.errors import Refused
from newsletters.services import moments


class TimeForm(forms.Form):
    """When an issue goes, on the clocks of Wales."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as 2026-11-24."),
        },
    )
    time = forms.TimeField(
        label=_("Time"),
        help_text=_("As the clocks in Wales show it, such as 09:30."),
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write the time as 09:30."),
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            try:
                data["at"] = moments.moment(data["day"], data["time"])
                moments.check_ahead(data["at"])
            except Refused as refused:
                self.add_error("time", str(refused))
        return data

    @property
    def at(self) -> datetime:
        """Of a form that is valid."""
        at: datetime = self.cleaned_data["at"]
        return at


class ApproveForm(forms.Form):
    """Says yes to what was read, and to nothing that came after."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
