from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, WELSH, LinesField

HELP = _("What was wrong and what is right, in a sentence or two.")


class CorrectionForm(forms.Form):
    text_en = LinesField(
        label=_("Correction in English"),
        help_text=HELP,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Enter the correction in English."), **NO_NUL},
    )
    text_cy = LinesField(
        label=_("Correction in Welsh"),
        help_text=HELP,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages={"required": _("Enter the correction in Welsh."), **NO_NUL},
    )
