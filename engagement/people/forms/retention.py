from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it must be kept for now"),
        help_text=_("Do not name anybody. Whoever it is about can ask to read this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it must be kept."), **NO_NUL},
    )
