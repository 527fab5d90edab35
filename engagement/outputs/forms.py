from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import TitleChoice
from engagement.outputs.models import File, Material, Output


class FileForm(forms.Form):
    upload = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the file"),
        choices=File.Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )

    def clean_upload(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        uploads.check(upload, settings.MAX_OUTPUT_BYTES)
        return upload


class MaterialForm(forms.Form):
    """An output, and whether it is read before the event or after it."""

    output = TitleChoice(
        queryset=Output.objects.exclude(status=Output.Status.PROPOSED),
        label=_("Output"),
        empty_label=_("Choose one"),
        help_text=_("The public sees it once it is published."),
        error_messages={"required": _("Choose an output.")},
    )
    moment = forms.ChoiceField(
        label=_("When it is read"),
        choices=Material.Moment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose before or after.")},
    )
