from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField
from engagement.people.models import Audience


class WhomForm(forms.Form):
    """An audience, or the name of somebody; sent by GET."""

    audience = forms.ModelChoiceField(
        queryset=Audience.objects.all(),
        label=_("An audience"),
        required=False,
        to_field_name="slug",
        empty_label=_("Choose one"),
        error_messages={"invalid_choice": _("There is no such audience.")},
    )
    words = LineField(
        label=_("Or one person: name or address"), required=False, max_length=200
    )


class ChosenForm(forms.Form):
    """The people whose boxes are ticked, by number."""

    people = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Tick at least one person.")}
    )
    audience = forms.ModelChoiceField(
        queryset=Audience.objects.all(), to_field_name="slug", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any number: whether they can be invited is asked when they are.
        data: Any = self.data
        sent = data.getlist("people") if data else []
        numbers = [(pk, pk) for pk in map(int, filter(_is_number, sent))]
        self.fields["people"].choices = numbers  # type: ignore[attr-defined]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
