from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, WELSH, LineField, LinesField
from engagement.events.models import Question

CHOSEN = (Question.Kind.CHOICE, Question.Kind.SEVERAL)


class QuestionForm(forms.ModelForm[Question]):
    """A question in both languages, with the answers to choose from, one a line."""

    options_en = LinesField(
        label=_("Answers to choose from in English, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages=NO_NUL,
    )
    options_cy = LinesField(
        label=_("Answers to choose from in Welsh, in the same order"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages=NO_NUL,
    )

    class Meta:
        model = Question
        fields = ["kind", "label_en", "label_cy", "hint_en", "hint_cy", "required"]
        field_classes = dict.fromkeys(
            ("label_en", "label_cy", "hint_en", "hint_cy"), LineField
        )
        widgets = {
            "label_cy": forms.TextInput(WELSH),
            "hint_cy": forms.TextInput(WELSH),
        }
        help_texts = {
            "label_en": _("For consent, what somebody agrees to, in full."),
        }
        error_messages = {
            "kind": {"required": _("Choose a kind of question.")},
            "label_en": {"required": _("Write the question in English.")},
            "label_cy": {"required": _("Write the question in Welsh.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            options = list(self.instance.options.all())
            for lang in ("en", "cy"):
                lines = [getattr(one, f"label_{lang}") for one in options]
                self.initial[f"options_{lang}"] = "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if bool(fields.get("hint_en")) != bool(fields.get("hint_cy")):
            self.add_error(
                "hint_cy", _("Write the hint in both languages, or in neither.")
            )
        if fields.get("kind") in CHOSEN:
            self._check_options()
        return fields

    def _check_options(self) -> None:
        english, welsh = self._lines("en"), self._lines("cy")
        if len(english) < 2:
            self.add_error("options_en", _("Give at least two answers to choose from."))
        elif len(english) != len(welsh):
            self.add_error(
                "options_cy", _("Give as many answers in Welsh as in English.")
            )
        elif any(len(line) > 200 for line in english + welsh):
            self.add_error("options_en", _("An answer may be 200 characters long."))

    def _lines(self, lang: str) -> list[str]:
        text = self.cleaned_data.get(f"options_{lang}") or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def options(self) -> list[tuple[str, str]]:
        if self.cleaned_data["kind"] not in CHOSEN:
            return []
        return list(zip(self._lines("en"), self._lines("cy"), strict=True))
