from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import AddressField, LineField
from engagement.events.models import Event, Invitation
from engagement.events.services import answers
from engagement.people.models import Sector

Answer = Invitation.Answer
CHOICES = [
    (Answer.YES, _("Yes, I will come")),
    (Answer.DEPUTY, _("I cannot come and send a deputy")),
    (Answer.KEEP_INFORMED, ""),
    (Answer.NO, _("No, I cannot come")),
]


class _Sector(forms.Form):
    """Asked only where it is not known."""

    sector = forms.ChoiceField(
        label=_("What kind of organisation do you work for?"),
        choices=[("", _("Choose one")), *Sector.choices],
        help_text=_("Choose “Member of the public” if you come for yourself."),
        required=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.sector:
            del self.fields["sector"]

    def need_sector(self) -> None:
        if "sector" in self.fields and not self.cleaned_data.get("sector"):
            self.add_error("sector", gettext("Choose a kind of organisation."))


class AnswerForm(_Sector):
    """Can you come? A deputy is asked for on a page of its own."""

    answer = forms.ChoiceField(
        label=_("Can you come?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose an answer."),
        },
    )
    wants_welsh = forms.BooleanField(
        label=_("I would like to use Welsh at the event"), required=False
    )
    field_order = ("answer", "wants_welsh", "sector")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, invitation=invitation, **kwargs)
        # What they agree to stands with the answer that says it.
        told = {
            Answer.KEEP_INFORMED: gettext(
                "I cannot come, but keep me informed. %(wording)s"
            )
            % {"wording": answers.wording(invitation.event)}
        }
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (key, told.get(key, label)) for key, label in CHOICES
        ]
        if invitation.event.languages == Event.Languages.ENGLISH:
            self.fields["wants_welsh"].help_text = gettext(
                "The event is planned in English. Tell us all the same."
            )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if fields.get("answer") == Answer.YES:
            self.need_sector()
        return fields


class DeputyForm(_Sector):
    """Who comes instead, with their agreement."""

    name = LineField(
        label=_("Your deputy's name"),
        max_length=200,
        error_messages={"required": _("Enter your deputy's name.")},
    )
    email = AddressField(
        label=_("Your deputy's e-mail address"), help_text=_("We write to them.")
    )
    agreed = forms.BooleanField(
        label=_(
            "My deputy has agreed that I give you their name and address, and that you "
            "write to them about this event."
        ),
        error_messages={
            "required": _("Ask your deputy first, and tick the box when they agree.")
        },
    )
    field_order = ("name", "email", "sector", "agreed")

    def clean(self) -> dict[str, Any]:
        self.need_sector()
        return super().clean() or {}
