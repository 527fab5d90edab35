from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import KINDS
from engagement.reports.forms import PeriodForm


class FunnelForm(PeriodForm):
    """A time, what to break down by, and whether the time before stands beside it."""

    by = forms.ChoiceField(
        label=_("Broken down by"), choices=list(KINDS.items()), required=False
    )
    compare = forms.BooleanField(
        label=_("Compare with the time before"),
        help_text=_("As long, and up to the first day."),
        required=False,
    )
    field_order = ["by", "period", "since", "until", "compare"]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        found["by"] = found.get("by") or next(iter(KINDS))
        return found
