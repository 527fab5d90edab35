from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import NO_NUL, WELSH, LineField, TitleChoice
from engagement.outputs.models import File, Output
from engagement.studies.models import Study

YEAR = _("Enter a year, such as 2011.")
# No drafts: what the public may find.
LISTED = [
    (status.value, status.label)
    for status in (
        Output.Status.PUBLISHED,
        Output.Status.PLANNED,
        Output.Status.PROPOSED,
    )
]


class FindForm(forms.Form):
    """What to list; sent by GET, each part may be left out."""

    words = LineField(
        label=_("Words in the title"),
        required=False,
        max_length=200,
    )
    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such study.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Output.Kind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *LISTED]
    )


class OutputForm(forms.ModelForm[Output]):
    """An output in both languages; what is missing matters when it is published."""

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        error_messages={"required": _("Choose a study.")},
    )
    authors = forms.CharField(
        label=_("Authors"),
        help_text=_("One on each line."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages=NO_NUL,
    )

    class Meta:
        model = Output
        fields = [
            *("study", "kind", "title_en", "title_cy", "summary_en", "summary_cy"),
            *("authors", "publisher", "year"),
        ]
        error_messages = {
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "kind": {"required": _("Choose a kind of output.")},
            "year": dict.fromkeys(("invalid", "min_value"), YEAR),
            **dict.fromkeys(
                ("title_cy", "summary_en", "summary_cy", "publisher"), NO_NUL
            ),
        }
        help_texts = {
            "summary_en": _("You can use Markdown."),
            "summary_cy": _("You can use Markdown."),
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "summary_en": forms.Textarea({"rows": 6}),
            "summary_cy": forms.Textarea({"rows": 6, **WELSH}),
            "year": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["authors"] = "\n".join(self.instance.authors)

    def clean_authors(self) -> list[str]:
        lines: str = self.cleaned_data["authors"]
        return [line.strip() for line in lines.splitlines() if line.strip()]

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not 1800 <= year <= 2200:
            raise forms.ValidationError(YEAR)
        return year


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
    new_edition = forms.BooleanField(label=_("This is a new edition"), required=False)

    def clean_upload(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        uploads.check(upload)
        return upload
