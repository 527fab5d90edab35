from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField, LinesField
from engagement.people.models import Audience
from engagement.people.registry import RuleKind, kinds


class NameForm(forms.ModelForm[Audience]):
    class Meta:
        model = Audience
        fields = ["name", "note"]
        field_classes = {"name": LineField, "note": LinesField}
        labels = {
            "name": _("Name of the audience"),
            "note": _("What the audience is for"),
        }
        widgets = {"note": forms.Textarea({"rows": 3})}
        error_messages = {"name": {"required": _("Enter a name.")}}


class KindForm(forms.Form):
    """What a new condition is about; sent by GET."""

    kind = forms.ChoiceField(
        label=_("What is the condition about?"),
        widget=forms.RadioSelect,
        choices=lambda: [(kind.key, kind.title) for kind in kinds()],
        error_messages={"required": _("Choose what the condition is about.")},
    )


class StepForm(forms.Form):
    """A button beside a condition: `press` is "turn:2.1". `seen` is the version of the
    rule on the page."""

    STEPS = "all|any|turn|remove|group"
    seen = forms.CharField(max_length=64)
    press = forms.RegexField(rf"^({STEPS}):[0-9.]*$", max_length=100)

    def clean_press(self) -> tuple[str, str]:
        step, _colon, place = self.cleaned_data["press"].partition(":")
        return step, place


class WhoForm(forms.Form):
    """Whom to look for, or nobody in particular; sent by GET."""

    words = LineField(
        label=_("Name or address"),
        required=False,
        max_length=200,
    )


def condition_form(kind: RuleKind, data: Any, initial: dict[str, Any]) -> forms.Form:
    """The form that asks for the values of a condition of this kind."""
    form = type("ConditionForm", (forms.Form,), kind.fields())
    return form(data, initial=initial)  # type: ignore[no-any-return]


def can_be_filled(form: forms.Form) -> bool:
    """Whether each field that offers choices has some."""
    offered: list[Any] = [
        field.choices
        for field in form.fields.values()
        if isinstance(field, forms.ChoiceField)
    ]
    return all(any(key for key, _label in choices) for choices in offered)
