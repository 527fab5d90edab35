"""The form of an output. What is missing in it matters when it is published."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    LineField,
    MarkdownField,
    NameChoices,
    TitleChoice,
)
from engagement.outputs import identifiers
from engagement.outputs.models import Output
from engagement.outputs.services import authors
from engagement.outputs.services.authors import Named
from engagement.people.models import Interest, Sector
from engagement.studies.models import Study, Term

T = TypeVar("T")
YEAR = _("Enter a year, such as 2011.")
MARKDOWN = _("You can use Markdown.")
LINES = ("publisher", "series", "number")
LONG = {"summary": 6, "plain": 6, "use": 6, "misuse": 6, "note": 3}


class _Terms(forms.ModelMultipleChoiceField[Term]):
    def label_from_instance(self, obj: Term) -> str:
        return shown(obj, "term").text


class OutputForm(forms.ModelForm[Output]):
    """An output in both languages, and who wrote it."""

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        error_messages={"required": _("Choose a study.")},
    )
    authors = forms.CharField(
        label=_("Authors"),
        help_text=_(
            "One on each line: family name, given name, ORCID. A body has its name alone."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=NO_NUL,
    )
    audience = forms.MultipleChoiceField(
        label=_("For whom it is"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    subjects = NameChoices(
        label=_("Subjects"),
        queryset=Interest.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    terms = _Terms(
        label=_("Words it explains"),
        help_text=_("From the glossary of the study."),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    supersedes = TitleChoice(
        label=_("Takes the place of"),
        help_text=_(
            'Another output. A new edition of this one is begun under "Editions".'
        ),
        queryset=Output.objects.order_by("title_en"),
        required=False,
        empty_label=_("Nothing"),
    )

    class Meta:
        model = Output
        fields = [
            *("study", "kind", "title_en", "title_cy", "summary_en", "summary_cy"),
            *("plain_en", "plain_cy", "authors", "publisher", "series", "number"),
            *("issn", "year", "date_note_en", "date_note_cy", "licence", "subjects"),
            *("audience", "use_en", "use_cy", "misuse_en", "misuse_cy", "terms"),
            *("supersedes", "note_en", "note_cy"),
        ]
        error_messages = {
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "title_cy": NO_NUL,
            "kind": {"required": _("Choose a kind of output.")},
            "year": dict.fromkeys(("invalid", "min_value"), YEAR),
        }
        field_classes = {
            **dict.fromkeys(LINES, LineField),
            **dict.fromkeys(("date_note_en", "date_note_cy"), LineField),
            **{
                f"{name}_{lang}": MarkdownField
                for name in LONG
                for lang in ("en", "cy")
            },
        }
        help_texts = {
            f"{name}_{lang}": MARKDOWN for name in LONG for lang in ("en", "cy")
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "date_note_cy": forms.TextInput(WELSH),
            **{f"{name}_en": forms.Textarea({"rows": n}) for name, n in LONG.items()},
            **{
                f"{name}_cy": forms.Textarea({"rows": n, **WELSH})
                for name, n in LONG.items()
            },
            "year": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"].required = False
        if self.instance.pk:
            self.initial["authors"] = "\n".join(
                map(authors.line, self.instance.authors.all())
            )
            # Those of policy belong to no study, and may stay so.
            self.fields["study"].required = self.instance.study_id is not None
            self._choices("supersedes", Output.objects.exclude(pk=self.instance.pk))
        found = Term.objects.filter(study=self.instance.study_id)
        if self.instance.study_id and found.exists():
            self._choices("terms", found)
        else:
            del self.fields["terms"]

    def _choices(self, name: str, rows: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean_authors(self) -> list[Named]:
        return checked(authors.read_all, self.cleaned_data["authors"])

    def clean_issn(self) -> str:
        return checked(identifiers.issn, self.cleaned_data["issn"])

    def clean_licence(self) -> str:
        return self.cleaned_data["licence"] or Output.Licence.OGL

    def clean_year(self) -> int | None:
        return year(self.cleaned_data["year"])

    def clean(self) -> dict[str, Any]:
        """The terms are those of the study that it was; with another they go."""
        found = super().clean() or self.cleaned_data
        if "terms" in found and found.get("study") != self.initial.get("study"):
            wanted = found.get("study")
            found["terms"] = found["terms"].filter(study=wanted)
        return found


def checked(read: Callable[[str], T], text: str) -> T:
    """Raises ValidationError with the reason that `read` gives."""
    try:
        return read(text)
    except Refused as refused:
        raise forms.ValidationError(str(refused)) from refused


def year(value: int | None) -> int | None:
    """Raises ValidationError for what is no year of a publication."""
    if value is not None and not 1800 <= value <= 2200:
        raise forms.ValidationError(YEAR)
    return value
