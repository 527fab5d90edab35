"""Forms of an edition: what it is, what was wrong in it, why it is withdrawn."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import WELSH, LineField, LinesField
from engagement.outputs import identifiers, output_form
from engagement.outputs.models import Edition, File


def _text(label: Any, required: Any, **attributes: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=5000,
        widget=forms.Textarea({"rows": 4, **attributes}),
        error_messages={"required": required},
    )


class EditionForm(forms.ModelForm[Edition]):
    isbn = LineField(
        label=_("ISBN"),
        help_text=_("10 or 13 digits."),
        required=False,
        max_length=40,
    )
    doi = LineField(
        label=_("DOI"),
        help_text=_("Such as 10.1000/182."),
        required=False,
        max_length=220,
    )

    class Meta:
        model = Edition
        fields = ["year", "isbn", "doi", "note_en", "note_cy"]
        field_classes = {"note_en": LinesField, "note_cy": LinesField}
        error_messages = {
            "year": dict.fromkeys(("invalid", "min_value"), output_form.YEAR)
        }
        widgets = {
            "year": forms.NumberInput({"inputmode": "numeric"}),
            "note_en": forms.Textarea({"rows": 3}),
            "note_cy": forms.Textarea({"rows": 3, **WELSH}),
        }

    def clean_year(self) -> int | None:
        return output_form.year(self.cleaned_data["year"])

    def clean_isbn(self) -> str:
        return output_form.checked(identifiers.isbn, self.cleaned_data["isbn"])

    def clean_doi(self) -> str:
        return output_form.checked(identifiers.doi, self.cleaned_data["doi"])


class CorrectionForm(forms.Form):
    text_en = _text(_("What was wrong, in English"), _("Say it in English."))
    text_cy = _text(_("What was wrong, in Welsh"), _("Say it in Welsh."), **WELSH)
    old_file = forms.ModelChoiceField(
        label=_("File that is replaced"),
        queryset=File.objects.none(),
        required=False,
        empty_label=_("None: the notice alone"),
    )
    upload = forms.FileField(
        label=_("File that takes its place"),
        help_text=_("The old one can still be had from the notice."),
        required=False,
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, data: Any, files: Any, edition: Edition) -> None:
        super().__init__(data, files)
        choice = cast("forms.ModelChoiceField[File]", self.fields["old_file"])
        choice.queryset = edition.files.standing()

    def clean_upload(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload:
            uploads.check(upload, settings.MAX_OUTPUT_BYTES)
        return upload

    def clean(self) -> dict[str, Any]:
        """A file takes the place of another, or there is none of either."""
        found = super().clean() or self.cleaned_data
        if found.get("old_file") and not found.get("upload") and "upload" in found:
            self.add_error("upload", _("Choose the file that takes its place."))
        if found.get("upload") and not found.get("old_file"):
            self.add_error("old_file", _("Choose the file that is replaced."))
        return found


class WithdrawForm(forms.Form):
    """For everybody to read, as long as the address is there."""

    reason_en = _text(_("Reason in English"), _("Give the reason in English."))
    reason_cy = _text(_("Reason in Welsh"), _("Give the reason in Welsh."), **WELSH)
