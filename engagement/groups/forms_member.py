"""What a member says with one click, and what came of an action."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL
from engagement.events.models import Invitation
from engagement.groups.models import Action

Answer = Invitation.Answer
CHOOSE = {"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")}


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[(value, value) for value in (Answer.YES, Answer.NO, Answer.DEPUTY)],
        error_messages=CHOOSE,
    )


class NameForm(forms.Form):
    YES, NO = "yes", "no"
    named = forms.ChoiceField(
        choices=[(YES, YES), (NO, NO)],
        error_messages=CHOOSE,
    )


class DoneForm(forms.Form):
    """Optional, and in the language that the member writes; the secretary adds the
    other."""

    outcome = forms.CharField(
        label=_("What came of it (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        error_messages=NO_NUL,
    )

    def __init__(self, data: QueryDict | None = None, *, action: Action) -> None:
        super().__init__(data, auto_id=f"id_%s_{action.pk}")
        self.action = action
