"""An entry of the register, in groups of questions."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Text
from engagement.core.bilingual import shown
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    LineField,
    LinesField,
    NameChoice,
    TitleChoice,
)
from engagement.evidence.models import EvidenceOfUse, Finding, OverlapGroup
from engagement.outputs.models import Edition, Output
from engagement.people.models import Organisation
from engagement.studies.models import Study

Kind = EvidenceOfUse.Kind
LINES = ("user", "decision", "budget_text")
TEXTS = ("description", "beside", "counterfactual", "misuse_done")
LABELS: dict[str, tuple[Text, Text]] = {
    "description": (_("In plain words, in English"), _("In plain words, in Welsh")),
    "user": (_("Body, in English"), _("Body, in Welsh")),
    "decision": (_("The decision, in English"), _("The decision, in Welsh")),
    "beside": (
        _("Other evidence used beside it, in English"),
        _("Other evidence used beside it, in Welsh"),
    ),
    "counterfactual": (
        _("What would have happened without it, in English"),
        _("What would have happened without it, in Welsh"),
    ),
    "budget_text": (
        _("The money in words, in English"),
        _("The money in words, in Welsh"),
    ),
    "misuse_done": (
        _("What was done about it, in English"),
        _("What was done about it, in Welsh"),
    ),
}
GROUPS: list[tuple[Text, list[str]]] = [
    (_("What happened"), ["study", "kind", "description", "stage", "decision"]),
    (_("Who"), ["user", "sector", "function", "organisation"]),
    (_("When it happened, as far as it is known"), ["day", "month", "year"]),
    (_("How it was used"), ["use_type", "also_type", "model", "degree"]),
    (_("Beside it, and without it"), ["beside", "counterfactual"]),
    (
        _("Money it influenced"),
        [
            *("budget_gbp", "budget_text", "budget_period", "budget_basis"),
            *("overlap", "new_overlap"),
        ],
    ),
    (_("Misuse"), ["misuse", "misuse_done"]),
]


class Row(NamedTuple):
    """One field, or both languages of one."""

    en: BoundField
    cy: BoundField | None = None


def _number(label: Any, most: int) -> forms.IntegerField:
    wrong = _("Enter a number that a date can have.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=most,
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class EntryForm(forms.ModelForm[EvidenceOfUse]):
    """May be saved in one language; both are asked for when it is published."""

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose a study.")},
    )
    organisation = NameChoice(
        queryset=Organisation.objects.none(),
        label=_("The body in our records"),
        help_text=_("For staff alone: the public reads the words above."),
        required=False,
        empty_label=_("None"),
    )
    overlap = NameChoice(
        queryset=OverlapGroup.objects.all(),
        label=_("Other entries that may speak of the same money"),
        help_text=_("Amounts of one group are never added up."),
        required=False,
        empty_label=_("None that we know of"),
    )
    new_overlap_en = LineField(
        label=_("A new group of such entries, in English"),
        max_length=200,
        required=False,
    )
    new_overlap_cy = LineField(
        label=_("A new group of such entries, in Welsh"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WELSH),
    )
    day, month, year = _number(_("Day"), 31), _number(_("Month"), 12), _number(_("Year"), 2200)  # fmt: skip

    class Meta:
        model = EvidenceOfUse
        fields = [
            *("study", "kind", "stage", "sector", "function", "organisation"),
            *("use_type", "also_type", "model", "degree", "overlap"),
            *("budget_gbp", "budget_period", "budget_basis", "misuse"),
            *(f"{name}_{lang}" for name in LINES + TEXTS for lang in ("en", "cy")),
        ]
        field_classes = {
            f"{name}_{lang}": LineField if name in LINES else LinesField
            for name in LINES + TEXTS
            for lang in ("en", "cy")
        }
        labels = {
            "kind": _("Kind of entry"),
            "stage": _("How far it has come"),
            "sector": _("Sector"),
            "function": _("Role of whoever used it"),
            "use_type": _("Kind of use"),
            "also_type": _("A second kind, where it is two at once"),
            "model": _("Model of section 4 of the report"),
            "degree": _("How much it counted"),
            "budget_gbp": _("Amount in pounds, if it is known"),
            "budget_period": _("Period"),
            "budget_basis": _("Where the amount is from"),
            "misuse": _("What was wrong with it"),
            **{
                f"{name}_{lang}": label
                for name, labels in LABELS.items()
                for lang, label in zip(("en", "cy"), labels, strict=True)
            },
        }
        help_texts = dict.fromkeys(
            ("user_en", "user_cy"), _("A body or a kind of body, and nobody by name.")
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.current()
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name.endswith("_cy"):
                field.widget.attrs.update(WELSH)
            if name.startswith(TEXTS):
                field.widget.attrs["rows"] = 3
            if isinstance(field, forms.TypedChoiceField) and name != "kind":
                known: list[Any] = [option for option in field.choices if option[0]]  # type: ignore[union-attr, index]
                field.choices = [("", _("Not settled")), *known]
            field.error_messages |= NO_NUL
        self.fields["budget_gbp"].widget = forms.TextInput({"inputmode": "numeric"})
        self.fields["budget_gbp"].error_messages |= dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("Enter whole pounds, in figures, without commas."),
        )
        self._know_the_day()

    def groups(self) -> Iterator[tuple[Text, list[Row]]]:
        """Of questions, each with its heading."""
        for heading, names in GROUPS:
            yield heading, [self._row(name) for name in names]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if not fields.get("description_en") and not fields.get("description_cy"):
            self.add_error(
                "description_en", _("Say in a plain sentence what happened.")
            )
        if fields.get("also_type") and fields["also_type"] == fields.get("use_type"):
            self.add_error("also_type", _("Choose another kind than the first."))
        if fields.get("also_type") and not fields.get("use_type"):
            self.add_error("use_type", _("Choose the first kind."))
        if fields.get("kind") == Kind.MISUSE and not fields.get("misuse"):
            self.add_error("misuse", _("Choose what was wrong."))
        if fields.get("misuse") and fields.get("kind") != Kind.MISUSE:
            self.add_error(
                "kind", _("What was misused is an entry of the kind misuse.")
            )
        if bool(fields.get("new_overlap_en")) != bool(fields.get("new_overlap_cy")):
            self.add_error(
                "new_overlap_en",
                _("Write this in English and in Welsh, or in neither."),
            )
        if self._one_day_missing(fields):
            self.add_error("year", _("Enter the year, and the month of a day."))
        elif not self.errors:
            self._date(fields)
        return fields

    def validate_constraints(self) -> None:
        """The service says in words what the database would refuse."""

    def fields_of_entry(self) -> dict[str, Any]:
        """For the service: the columns, and a day as exactly as it was given."""
        asked = {"day", "month", "year", "new_overlap_en", "new_overlap_cy"}
        return {k: v for k, v in self.cleaned_data.items() if k not in asked}

    def new_overlap(self) -> dict[str, str]:
        """The names of a new group, or empty ones."""
        return {
            f"name_{lang}": self.cleaned_data[f"new_overlap_{lang}"]
            for lang in ("en", "cy")
        }

    def _row(self, name: str) -> Row:
        if name in self.fields:
            return Row(self[name])
        return Row(self[f"{name}_en"], self[f"{name}_cy"])

    def _know_the_day(self) -> None:
        on, precision = self.instance.happened_on, self.instance.happened_precision
        if on is None:
            return
        known = {"year": 1, "month": 2, "day": 3}[precision]
        for name in ("year", "month", "day")[:known]:
            self.initial.setdefault(name, getattr(on, name))

    def _one_day_missing(self, fields: dict[str, Any]) -> bool:
        day, month, year = (fields.get(name) for name in ("day", "month", "year"))
        return bool((day and not month) or (month and not year))

    def _date(self, fields: dict[str, Any]) -> None:
        """Raises nothing: a day that the calendar has not, or that is ahead, is an error
        of the form."""
        day, month, year = (fields.get(name) for name in ("day", "month", "year"))
        fields["happened_on"], fields["happened_precision"] = None, "unknown"
        if not year:
            return
        on = None
        with suppress(ValueError):
            on = date(year, month or 1, day or 1)
        if on is None:
            self.add_error("day", _("There is no such day."))
        elif on > localdate():
            self.add_error("year", _("The day must not be in the future."))
        else:
            fields["happened_on"] = on
            precision = "day" if day else "month" if month else "year"
            fields["happened_precision"] = precision


class EditionChoices(forms.ModelMultipleChoiceField[Edition]):
    def label_from_instance(self, obj: Edition) -> str:
        title = shown(obj.output, "title").text
        return _("%(title)s, edition %(number)s") % {
            "title": title,
            "number": obj.number,
        }


class TitleChoices(forms.ModelMultipleChoiceField[Any]):
    def label_from_instance(self, obj: Any) -> str:
        return shown(obj, "title").text


class FindingChoices(forms.ModelMultipleChoiceField[Finding]):
    def label_from_instance(self, obj: Finding) -> str:
        return shown(obj, "text").text


def _many(field: Any, label: Text) -> Any:
    return field(
        queryset=None,
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TiesForm(forms.Form):
    """What of the study's is tied to the entry: what was used, what helped."""

    outputs = _many(TitleChoices, _("Outputs used"))
    editions = _many(EditionChoices, _("Editions used, where that is known"))
    helped = _many(FindingChoices, _("What helped"))
    hindered = _many(FindingChoices, _("What stood in the way"))

    def __init__(self, *args: Any, study: Study | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outputs = Output.objects.filter(study=study)
        editions = Edition.objects.filter(output__study=study).select_related("output")
        found = Finding.objects.filter(study=study) | Finding.objects.filter(study=None)
        rows: dict[str, Any] = {
            "outputs": outputs,
            "editions": editions,
            "helped": found.filter(kind=Finding.Kind.FACTOR),
            "hindered": found.filter(kind=Finding.Kind.BARRIER),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An edition that was used is one of an output that was."""
        fields = super().clean() or {}
        outputs = set(fields.get("outputs") or ())
        outputs |= {edition.output for edition in fields.get("editions") or ()}
        return fields | {"outputs": outputs}
