"""Who says that research was used, by what path, and whether that may be published."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, WELSH, LineField
from engagement.evidence import graph
from engagement.evidence.models import EvidenceOfUse, Source, Step

BOTH = {"required": _("Write this in English and in Welsh.")}


class SourceForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who says so"),
        choices=Source.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who says so.")},
    )
    title_en = LineField(
        label=_("What it is, in English"),
        help_text=_("As: a telephone call with an officer. Name nobody."),
        max_length=200,
        error_messages=BOTH,
    )
    title_cy = LineField(
        label=_("What it is, in Welsh"),
        max_length=200,
        widget=forms.TextInput(WELSH),
        error_messages=BOTH,
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a whole address, with https://.")} | NO_NUL,
    )
    source = LineField(
        label=_("Page or paragraph of a printed document"),
        required=False,
        max_length=200,
    )
    upload = forms.FileField(
        label=_("File"),
        help_text=_("For staff alone. It is kept with its SHA-256."),
        required=False,
        allow_empty_file=False,
        error_messages={"empty": _("The file is empty.")},
        validators=[uploads.check],
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        looked_up = any(fields.get(name) for name in ("url", "source", "upload"))
        written = fields.get("kind") in {Source.Kind.DOCUMENT, Source.Kind.OUTSIDE}
        if written and not looked_up and "upload" not in self.errors:
            self.add_error(
                "url", _("Say where it can be looked up: a link, a page or a file.")
            )
        return fields


class StepForm(forms.Form):
    """A thing by the address of its page of ties, or a programme by its name."""

    thing = forms.ChoiceField(label=_("By what"), required=False)
    label_en = LineField(
        label=_("Or a programme, in English"), required=False, max_length=200
    )
    label_cy = LineField(
        label=_("Or a programme, in Welsh"),
        required=False,
        max_length=200,
        widget=forms.TextInput(WELSH),
    )

    def __init__(self, *args: Any, things: list[graph.Thing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = graph.kinds()
        grouped: dict[str, list[tuple[str, str]]] = {}
        for one in things:
            option = (f"{one.ref.kind}:{one.ref.pk}", shown(one, "title").text)
            grouped.setdefault(str(kinds[one.ref.kind].label), []).append(option)
        self.fields["thing"].choices = [("", _("Choose one")), *grouped.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        words = [bool(fields.get(f"label_{lang}")) for lang in ("en", "cy")]
        if words[0] != words[1]:
            self.add_error("label_en", BOTH["required"])
        if bool(fields.get("thing")) == any(words) and "thing" not in self.errors:
            self.add_error("thing", _("Choose one, or name a programme."))
        return fields

    def step(self) -> dict[str, Any]:
        """For the service."""
        kind, _colon, pk = self.cleaned_data["thing"].partition(":")
        names = {n: self.cleaned_data[n] for n in ("label_en", "label_cy")}
        return {
            "kind": kind or Step.PROGRAMME,
            "target": int(pk) if pk else None,
            **names,
        }


class ConsentForm(forms.Form):
    consent = forms.ChoiceField(
        label=_("May it be published?"),
        choices=EvidenceOfUse.Consent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    on = forms.DateField(
        label=_("When that was said"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Enter a date like 2026-01-31.")} | NO_NUL,
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day > localdate():
            raise forms.ValidationError(_("The day must not be in the future."))
        return day
