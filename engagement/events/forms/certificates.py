from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField


class CheckForm(forms.Form):
    code = LineField(
        label=_("Code on the certificate"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code.")},
    )
    surname = LineField(
        label=_("Surname on the certificate"),
        help_text=_("If you give it, we say whether the certificate is theirs."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
