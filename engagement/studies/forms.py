from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core.bilingual import active
from engagement.core.fields import (
    WELSH,
    AddressField,
    LineField,
    LinesField,
    TitleChoice,
)
from engagement.people.models import Person
from engagement.studies.models import Enquiry, Study, Term


def _study() -> TitleChoice:
    return TitleChoice(
        label=_("Study"),
        queryset=Study.objects.all(),
        required=False,
        empty_label=_("None in particular"),
    )


def _owner() -> "forms.ModelChoiceField[User]":
    staff = User.objects.filter(role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    return forms.ModelChoiceField(
        label=_("Who answers"),
        queryset=staff.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=_("Nobody yet"),
    )


def _text(label: Any, missing: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": missing},
    )


def _email(**fields: Any) -> AddressField:
    return AddressField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        **fields,
    )


class AskForm(forms.Form):
    """A question from anybody."""

    question = _text(_("Your question"), _("Enter your question."))
    name = LineField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = _email(
        help_text=_("Only for the answer. You will not be sent anything else.")
    )
    language = forms.ChoiceField(
        label=_("Which language first?"),
        choices=Person.Language.choices,
        initial=active,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )


class RecordForm(forms.Form):
    """A question that came by telephone, mail or in person."""

    study = _study()
    question = _text(_("Question"), _("Enter the question."))
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=Enquiry.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    asked_on = forms.DateField(
        label=_("Asked on"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date like 2026-01-31."),
        },
    )
    name = LineField(label=_("Who asked"), required=False, max_length=200)
    email = _email(required=False)
    language = forms.ChoiceField(
        label=_("Order of languages"), choices=Person.Language.choices, initial="en"
    )
    owner = _owner()

    def clean_asked_on(self) -> Any:
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day must not be in the future."))
        return day


class AnswerForm(forms.Form):
    answer = _text(_("Answer"), _("Enter the answer."))
    send = forms.BooleanField(label=_("Send the answer by e-mail"), required=False)


class AssignForm(forms.Form):
    owner = _owner()


class FindForm(forms.Form):
    """Which enquiries to list; sent by GET."""

    study = _study()
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("All")), ("open", _("Open")), ("answered", _("Answered"))],
    )


class TermForm(forms.Form):
    """A word of a study's glossary; `study` and `term` say which others it may not be."""

    term_en = LineField(
        label=_("Word or name in English"),
        max_length=120,
        error_messages={"required": _("Enter the word in English.")},
    )
    term_cy = LineField(
        label=_("Word or name in Welsh"),
        max_length=120,
        widget=forms.TextInput(WELSH),
        error_messages={"required": _("Enter the word in Welsh.")},
    )
    abbreviation_en = LineField(
        label=_("Short form in English"),
        max_length=30,
        required=False,
        help_text=_("As in WIMD. Left out where there is none."),
    )
    abbreviation_cy = LineField(
        label=_("Short form in Welsh"),
        max_length=30,
        required=False,
        widget=forms.TextInput(WELSH),
        help_text=_("Left out where Welsh uses none, or the English one."),
    )
    meaning_en = LinesField(
        label=_("Meaning in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A sentence or two. Left out where the name says it all."),
    )
    meaning_cy = LinesField(
        label=_("Meaning in Welsh"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        help_text=_("A sentence or two. Left out where the name says it all."),
    )

    def __init__(
        self, *args: Any, study: Study, term: Term | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = Term.objects.filter(study=study)
        if term:
            self.others = self.others.exclude(pk=term.pk)

    def clean_term_en(self) -> str:
        word: str = self.cleaned_data["term_en"]
        if self.others.filter(term_en__iexact=word).exists():
            raise forms.ValidationError(_("The glossary has this word already."))
        return word

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        missing = {"meaning_en": _("Enter the meaning in English too.")}
        missing["meaning_cy"] = _("Enter the meaning in Welsh too.")
        said = [name for name in missing if data.get(name)]
        if len(said) == 1:
            other = next(name for name in missing if name not in said)
            self.add_error(other, str(missing[other]))
        return data
