"""What anybody can tell us, and what staff say to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, AddressField, LineField, LinesField
from engagement.people.models import Sector

CHOOSE = {"required": _("Choose one.")} | NO_NUL


class TellForm(forms.Form):
    text = LinesField(
        label=_("What did you use it for?"),
        help_text=_("A sentence or two. Please name nobody."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Say what you used it for.")} | NO_NUL,
    )
    body = LineField(
        label=_("Where do you work?"),
        help_text=_("An organisation, or a kind of one, such as: a council."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Say where you work.")} | NO_NUL,
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages=CHOOSE,
    )
    decision = LinesField(
        label=_("Was there a decision? Which?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages=NO_NUL,
    )
    may_publish = forms.TypedChoiceField(
        label=_("May we publish it?"),
        help_text=_("With where you work, and never with your name."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    name = LineField(
        label=_("Your name"),
        help_text=_("Only if we may ask you about it. Nobody else sees it."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("Only if we may ask you about it. You get a receipt."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def answers(self) -> list[tuple[Any, str]]:
        """To be checked before they are sent: each question with its answer."""
        sectors = dict(Sector.choices)
        shown = self.cleaned_data | {
            "sector": sectors[self.cleaned_data["sector"]],
            "may_publish": _("Yes") if self.cleaned_data["may_publish"] else _("No"),
        }
        return [(field.label, shown[name]) for name, field in self.fields.items()]


class DeclineForm(forms.Form):
    reason = LinesField(
        label=_("Why it is declined"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why it is declined.")} | NO_NUL,
    )
