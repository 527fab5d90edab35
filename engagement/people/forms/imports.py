from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.people.services.columns import FIELDS


class SpreadsheetField(forms.FileField):
    """A CSV or XLSX file, looked into as far as its name and kind go."""

    default_error_messages = {
        "required": _("Choose a file."),
        "empty": _("The file is empty."),
    }

    def clean(self, *args: Any) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = super().clean(*args)
        uploads.check(file)
        if uploads.extension(file.name or "") not in {"csv", "xlsx"}:
            raise forms.ValidationError(_("The file must be a CSV or an XLSX file."))
        return file


class UploadForm(forms.Form):
    file = SpreadsheetField(
        label=_("CSV or XLSX file"),
        help_text=_("As Excel saves it. Its first row holds the headings."),
    )


class ColumnsForm(forms.Form):
    """One choice of heading for each of our fields."""

    overwrite = forms.BooleanField(
        label=_("Let the file win where it says something else than the record"),
        help_text=_("Otherwise only what is missing is filled in."),
        required=False,
    )

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not in the file")), *((h, h) for h in headings if h)]
        for name, label in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=str(label), choices=choices, required=False
            )
        self.order_fields([*FIELDS, "overwrite"])

    def columns(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name]
        }
