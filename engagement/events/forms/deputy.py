from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, AddressField, LineField


class DeputyForm(forms.Form):
    """Who comes instead, with their agreement."""

    name = LineField(
        label=_("Your deputy's name"),
        max_length=200,
        error_messages={"required": _("Enter your deputy's name."), **NO_NUL},
    )
    email = AddressField(
        label=_("Your deputy's e-mail address"),
        max_length=320,
        widget=forms.EmailInput({"inputmode": "email"}),
        error_messages={"required": _("Enter your deputy's e-mail address.")},
    )
    agreed = forms.BooleanField(
        label=_("They have agreed to come, and that we get their name and address"),
        error_messages={"required": _("Ask your deputy first.")},
    )
