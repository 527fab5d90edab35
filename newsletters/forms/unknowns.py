from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, LineField
from newsletters.models import Delivery

State = Delivery.State


class SearchForm(forms.Form):
    words = LineField(
        label=_("Name or e-mail address"),
        max_length=100,
        required=False,
        error_messages=NO_NUL,
    )


class ReasonForm(forms.Form):
    """Why a person decides as they do."""

    reason = LineField(
        label=_("Why"),
        help_text=_(
            "How you know, without names or addresses: it stays in the audit trail."
        ),
        max_length=300,
        error_messages={"required": _("Say why."), **NO_NUL},
    )


class SettleForm(ReasonForm):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (state.value, state.label) for state in (State.ACCEPTED, State.REJECTED)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    field_order = ["state", "reason"]
