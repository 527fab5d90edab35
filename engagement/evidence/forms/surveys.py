from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024


class SmallFile(forms.FileField):
    default_error_messages = {
        "required": _("Choose a file."),
        "empty": _("The file is empty."),
    }

    def clean(self, *args: Any) -> bytes:
        """What is in it."""
        file: UploadedFile[Any] = super().clean(*args)
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file must be smaller than %(limit)s MB.")
                % {"limit": LARGEST // (1024 * 1024)}
            )
        return bytes(file.read())


class BringInForm(forms.Form):
    book = SmallFile(
        label=_("Code book (JSON)"),
        help_text=_(
            "Questions and answers in both languages, and how many were invited."
        ),
    )
    responses = SmallFile(
        label=_("Answers (CSV)"),
        help_text=_("A row for each who answered, without a name or an address."),
    )
