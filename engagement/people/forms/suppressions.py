from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import AddressField
from engagement.people.models import Suppression


class CheckForm(forms.Form):
    """An address to look up; sent by POST, so that it is in no log."""

    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter an e-mail address.")},
    )


class AddForm(CheckForm):
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            (reason.value, reason.label)
            for reason in (Suppression.Reason.ASKED, Suppression.Reason.COMPLAINED)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
