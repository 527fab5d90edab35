from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LinesField


class OverrideForm(forms.Form):
    """Why an issue may go although its languages differ."""

    reason = LinesField(
        label=_("Why it may go all the same"),
        max_length=2000,
        min_length=15,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is kept with your name in the record of the issue."),
        error_messages={
            "required": _("Write why it may go all the same."),
            "min_length": _("Write a reason that others can understand."),
        },
    )
