"""Milestones and policy changes of a study."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import WELSH, LineField, LinesField

BOTH = {"required": _("Write this in English and in Welsh.")}


def _day(label: Any, **fields: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date like 2026-01-31."),
        },
        **fields,
    )


def _line(label: Any, attrs: dict[str, str] | None = None, **fields: Any) -> LineField:
    return LineField(
        label=label, max_length=200, widget=forms.TextInput(attrs), **fields
    )


class MilestoneForm(forms.Form):
    title_en = _line(_("Milestone in English"), error_messages=BOTH)
    title_cy = _line(_("Milestone in Welsh"), WELSH, error_messages=BOTH)
    due_on = _day(_("Due on"), required=False)
    date_note_en = _line(
        _("When, in words, in English"),
        required=False,
        help_text=_("Shown instead of the day, as “summer 2027”."),
    )
    date_note_cy = _line(_("When, in words, in Welsh"), WELSH, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ("date_note_en", "date_note_cy")
        empty = [name for name in names if not data.get(name)]
        if len(empty) == 1:
            words = _("Write this in English and in Welsh, or in neither.")
            self.add_error(empty[0], str(words))
        return data


class PolicyChangeForm(forms.Form):
    on = _day(_("When"), initial=timezone.localdate)
    text_en = LinesField(
        label=_("What changed, in English"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages=BOTH,
    )
    text_cy = LinesField(
        label=_("What changed, in Welsh"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages=BOTH,
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day must not be in the future."))
        return day
