from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.fields import NO_NUL, WELSH, LineField, LinesField
from engagement.evidence.forms.listing import staff
from engagement.evidence.models import Recommendation


def _day(label: Any, **fields: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date like 2026-01-31."),
        }
        | NO_NUL,
        **fields,
    )


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody with an account"),
    )
    owner_words_en = LineField(
        label=_("Or in words, in English"),
        help_text=_("A post or a body."),
        required=False,
        max_length=200,
    )
    owner_words_cy = LineField(
        label=_("Or in words, in Welsh"),
        required=False,
        max_length=200,
        widget=forms.TextInput(WELSH),
    )
    due_on = _day(_("By"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff()  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """How it stands on a day; with a state, it is moved there."""

    state = forms.ChoiceField(label=_("Move it to"), required=False)
    on = _day(_("On"), initial=localdate)
    text = LinesField(
        label=_("Note"),
        help_text=_("For staff."),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, *args: Any, recommendation: Recommendation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        moves = Recommendation.MOVES[recommendation.state]
        labels = [(s.value, s.label) for s in Recommendation.State if s in moves]
        self.fields["state"].choices = [("", _("It stays as it is")), *labels]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if not fields.get("state") and not fields.get("text") and not self.errors:
            self.add_error("text", _("Write a note, or choose a state."))
        return fields
