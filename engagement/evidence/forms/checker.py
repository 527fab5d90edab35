from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL

# A book; the regular expressions take a second for it.
LONGEST = 500_000


class CheckForm(forms.Form):
    """A text, pasted or as a file, and bases that it does not state itself."""

    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea({"rows": 12}),
        required=False,
        strip=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("The text is too long: check it in parts."),
            **NO_NUL,
        },
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Text or Markdown (TXT, MD), in UTF-8. It is not kept."),
        required=False,
        error_messages={"empty": _("The file is empty.")},
    )
    bases = forms.CharField(
        label=_("Bases that the text does not state (optional)"),
        help_text=_("Whole numbers with commas between, for example 41, 28."),
        required=False,
        max_length=200,
        error_messages=NO_NUL,
    )

    def clean_bases(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["bases"].split(",")]
        wrong = [part for part in parts if part and not _is_base(part)]
        if wrong:
            text = _("“%(part)s” is no whole number above 0.") % {"part": wrong[0]}
            raise forms.ValidationError(text)
        return [int(part) for part in parts if part]

    def clean_file(self) -> str:
        """What is in it."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > 4 * LONGEST:
            raise forms.ValidationError(_("The text is too long: check it in parts."))
        try:
            return str(file.read(), "utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("The file must be plain text in UTF-8.")
            ) from error

    def clean(self) -> None:
        super().clean()
        if not self.errors and not self.given.strip():
            self.add_error("text", _("Paste a text or choose a file."))

    @property
    def given(self) -> str:
        """The text that is to be checked: the file's, where there is one."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("text") or "")


def _is_base(part: str) -> bool:
    return part.isascii() and part.isdigit() and 0 < int(part) < 10**9
