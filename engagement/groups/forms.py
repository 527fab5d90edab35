from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import NO_NUL, WELSH
from engagement.groups.models import Decision

BOTH = {"required": _("Write this in English and in Welsh."), **NO_NUL}


def both_or_neither(form: "forms.BaseForm", name: str) -> None:
    """An error at the language that was left out."""
    empty = [f for f in (f"{name}_en", f"{name}_cy") if not form.cleaned_data.get(f)]
    if len(empty) == 1 and empty[0] not in form.errors:
        form.add_error(
            empty[0], _("Write this in English and in Welsh, or in neither.")
        )


class MeetingForm(forms.Form):
    title_en = forms.CharField(
        label=_("Title in English"), max_length=200, error_messages=BOTH
    )
    title_cy = forms.CharField(
        label=_("Title in Welsh"),
        max_length=200,
        widget=forms.TextInput(WELSH),
        error_messages=BOTH,
    )
    starts_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Enter the day and the time."),
            "invalid": _("Enter the day and the time, such as 03/05/2027 14:00."),
        },
    )
    venue_en = forms.CharField(
        label=_("Place in English"),
        max_length=200,
        required=False,
        error_messages=NO_NUL,
    )
    venue_cy = forms.CharField(
        label=_("Place in Welsh"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WELSH),
        error_messages=NO_NUL,
    )

    def clean(self) -> None:
        both_or_neither(self, "venue")


class PaperForm(forms.Form):
    title_en = forms.CharField(
        label=_("Title in English"), max_length=200, error_messages=BOTH
    )
    title_cy = forms.CharField(
        label=_("Title in Welsh"),
        max_length=200,
        widget=forms.TextInput(WELSH),
        error_messages=BOTH,
    )
    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the file"),
        choices=[("en", _("English")), ("cy", _("Welsh"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        uploads.check(file)
        return file


class DecisionForm(forms.ModelForm[Decision]):
    class Meta:
        model = Decision
        fields = ["text_en", "text_cy"]
        error_messages = {"text_en": BOTH, "text_cy": BOTH}
        widgets = {
            "text_en": forms.Textarea({"rows": 3}),
            "text_cy": forms.Textarea({"rows": 3, **WELSH}),
        }
