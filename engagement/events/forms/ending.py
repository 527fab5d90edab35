from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, WELSH


class ReasonForm(forms.Form):
    """Why it does not take place, for everybody to read."""

    reason_en = forms.CharField(
        label=_("Reason in English"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Give the reason in English."), **NO_NUL},
    )
    reason_cy = forms.CharField(
        label=_("Reason in Welsh"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages={"required": _("Give the reason in Welsh."), **NO_NUL},
    )


class HeldForm(forms.Form):
    """What came of an event that took place."""

    outcome_en = forms.CharField(
        label=_("What came of it, in English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
        error_messages=NO_NUL,
    )
    outcome_cy = forms.CharField(
        label=_("What came of it, in Welsh"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5, **WELSH}),
        error_messages=NO_NUL,
    )
    attended_reported = forms.IntegerField(
        label=_("How many people came, if attendance was not marked"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a whole number, such as 12.")},
    )
