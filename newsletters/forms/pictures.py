from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import NO_NUL, WELSH, LineField
from newsletters.models import Picture


class _Several(forms.FileInput):
    allow_multiple_selected = True


class _Uploads(forms.FileField):
    """One file or more, each checked; an error names the file that it is about."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        several = isinstance(data, list | tuple)
        sent: Iterable[Any] = (data if several else [data]) or [None]
        found, wrong = [], []
        for upload in sent:
            try:
                found.append(super().clean(upload, initial))
                uploads.check_picture(upload)
            except forms.ValidationError as error:
                name = f"{upload.name}: " if upload else ""
                wrong += [f"{name}{text}" for text in error.messages]
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class AddPicturesForm(forms.Form):
    uploads = _Uploads(
        label=_("Pictures"),
        help_text=_("PNG or JPEG, one or more, each smaller than 5 MB."),
        widget=_Several({"accept": "image/png,image/jpeg"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )


class PictureForm(forms.ModelForm[Picture]):
    class Meta:
        model = Picture
        fields = ["name", "alt_en", "alt_cy"]
        field_classes = dict.fromkeys(("alt_en", "alt_cy"), LineField)
        help_texts = {"name": _("Letters without accents, figures and hyphens.")}
        error_messages = {
            "name": {
                "required": _("Enter a name."),
                "invalid": _("Use letters without accents, figures and hyphens."),
                **NO_NUL,
            },
            **dict.fromkeys(("alt_en", "alt_cy"), NO_NUL),
        }
        widgets = {"alt_cy": forms.TextInput(WELSH)}
