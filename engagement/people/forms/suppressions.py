from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL
from engagement.people.models import Suppression


class CheckForm(forms.Form):
    """An address to look up; sent by POST, so that it is in no log."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=320,
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.org."),
            **NO_NUL,
        },
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
