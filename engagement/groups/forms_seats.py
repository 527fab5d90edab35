"""What staff type about a group, its seats and those who sit in them."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core.bilingual import shown
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    AddressField,
    LineField,
    LinesField,
    MarkdownField,
    NameChoice,
    TitleChoice,
)
from engagement.groups.forms import BOTH, both_or_neither
from engagement.groups.models import Group, Membership, Seat
from engagement.people.models import Organisation
from engagement.studies import documents
from engagement.studies.models import Study

NOT_A_DATE = {"invalid": _("Enter a date like 2026-01-31."), **NO_NUL}
LETTERS = RegexValidator(r"^[A-Z]{1,12}$", _("Use capital letters from A to Z alone."))


def day(label: Any, *, needed: Any = None, **more: Any) -> forms.DateField:
    """`needed` is what is said where it is left out; without it, it may be."""
    return forms.DateField(
        label=label,
        required=needed is not None,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": needed, **NOT_A_DATE},
        **more,
    )


def _line(
    label: Any, longest: int = 200, *, needed: bool = False, welsh: bool = False
) -> LineField:
    return LineField(
        label=label,
        max_length=longest,
        required=needed,
        widget=forms.TextInput(WELSH if welsh else {}),
        error_messages=BOTH,
    )


class GroupForm(forms.ModelForm[Group]):
    """Everything that is settled about a group."""

    name_en = _line(_("Name in English"), needed=True)
    name_cy = _line(_("Name in Welsh"), needed=True, welsh=True)
    remit_en = MarkdownField(
        label=_("Remit in English"),
        required=False,
        max_length=5000,
        help_text=_("You can use Markdown."),
        widget=forms.Textarea({"rows": 6}),
        error_messages=NO_NUL,
    )
    remit_cy = MarkdownField(
        label=_("Remit in Welsh"),
        required=False,
        max_length=5000,
        help_text=_("You can use Markdown."),
        widget=forms.Textarea({"rows": 6, **WELSH}),
        error_messages=NO_NUL,
    )
    study = TitleChoice(
        label=_("Study"),
        queryset=Study.objects.all(),
        required=False,
        empty_label=_("None in particular"),
    )
    parent = NameChoice(
        label=_("Reports to"),
        queryset=Group.objects.all(),
        required=False,
        empty_label=_("No other group"),
        help_text=_("In two-tier governance, the group of the tier above."),
    )
    terms_of_reference = forms.ChoiceField(
        label=_("Terms of reference"),
        required=False,
        help_text=_("One of the outputs of the study."),
    )
    review_on = day(_("To be reviewed on"))
    quorum = forms.IntegerField(
        label=_("Quorum"),
        required=False,
        help_text=_("How many seats must be there, in person or by a deputy."),
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    papers_days = forms.IntegerField(
        label=_("Days before a meeting that its papers go out"),
        initial=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        error_messages={"required": _("Enter a number of days.")},
    )
    code = forms.CharField(
        label=_("Letters of its decisions"),
        max_length=12,
        required=False,
        validators=[LETTERS],
        help_text=_("As SG in SG-2011-04. Left out: the usual ones of its kind."),
        error_messages=NO_NUL,
    )

    class Meta:
        model = Group
        fields = ["name_en", "name_cy", "kind", "study", "tier", "parent", "remit_en"]
        fields += ["remit_cy", "terms_of_reference", "review_on", "secretary"]
        fields += ["quorum", "papers_days", "code"]
        error_messages = {"kind": {"required": _("Choose what kind of group it is.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance
        self.fields["secretary"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            Q(is_active=True, role__in=[Role.MANAGER, Role.ADMINISTRATOR])
            | Q(pk=group.secretary_id)
        ).order_by("name")
        self.fields["secretary"].empty_label = _("Nobody yet")  # type: ignore[attr-defined]
        no_choice_needed(self, "tier")
        self.fields["terms_of_reference"].choices = _documents(group)  # type: ignore[attr-defined]
        if group.pk:
            self.fields["parent"].queryset = Group.objects.exclude(pk=group.pk)  # type: ignore[attr-defined]
            if group.decisions.exists():
                self.fields["code"].disabled = True
                self.initial["code"] = group.letters
                self.fields["code"].help_text = _(
                    "A decision has these letters already: they stay."
                )

    def clean(self) -> None:
        super().clean()
        both_or_neither(self, "remit")


def no_choice_needed(form: forms.BaseForm, *names: str) -> None:
    """Says so, where a list would show dashes."""
    for name in names:
        _dashes, *choices = form.fields[name].choices  # type: ignore[attr-defined]
        form.fields[name].choices = [("", _("None in particular")), *choices]  # type: ignore[attr-defined]


def _documents(group: Group) -> list[tuple[str, Any]]:
    found = documents.of(group.study if group.study_id else None)
    choices = [(one.key, shown(one, "title").text) for one in found]
    kept = group.terms_of_reference
    if kept and kept not in dict(choices):
        choices.append((kept, kept))
    return [("", _("None yet")), *choices]


class SeatForm(forms.ModelForm[Seat]):
    label_en = _line(_("Seat in English"), needed=True)
    label_cy = _line(_("Seat in Welsh"), needed=True, welsh=True)
    organisation = NameChoice(
        label=_("For a body"),
        queryset=Organisation.objects.current(),
        required=False,
        empty_label=_("No body in particular"),
    )
    skill_en = _line(_("For a skill, in English"))
    skill_cy = _line(_("For a skill, in Welsh"), welsh=True)
    opened_on = day(
        _("The group has it from"), help_text=_("Left out: since it has been there.")
    )
    note_en = _line(_("Note in English"), 300)
    note_cy = _line(_("Note in Welsh"), 300, welsh=True)

    class Meta:
        model = Seat
        fields = ["label_en", "label_cy", "organisation", "sector", "function"]
        fields += ["skill_en", "skill_cy", "need", "opened_on", "note_en", "note_cy"]
        labels = {"sector": _("For a sector"), "function": _("For a function")}
        widgets = {"need": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_choice_needed(self, "sector", "function")

    def clean(self) -> None:
        super().clean()
        both_or_neither(self, "skill")
        both_or_neither(self, "note")
        whom = ("organisation", "sector", "function", "skill_en")
        if not any(self.cleaned_data.get(name) for name in whom):
            self.add_error(
                "organisation",
                _("Say whom it is for: a body, a sector, a function or a skill."),
            )


class FillForm(forms.Form):
    email = AddressField(
        label=_("E-mail address of the person"),
        help_text=_("Somebody whom Dolen knows already."),
        widget=forms.EmailInput({"inputmode": "email"}),
        error_messages={"required": _("Enter the person's e-mail address.")},
    )
    role = forms.ChoiceField(
        label=_("As"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    started_on = day(
        _("From"),
        help_text=_("A day in the past or ahead will do. Left out: today."),
    )
    ended_on = day(
        _("Until"),
        help_text=_("The first day without them. Left out where nobody knows yet."),
    )
    nomination = forms.ChoiceField(
        label=_("How they came to it"),
        choices=Membership.Nomination.choices,
        initial=Membership.Nomination.UNKNOWN,
    )
    nomination_note = _line(_("Note"), 300)


class EndForm(forms.Form):
    on = day(
        _("The first day without it"),
        needed=_("Enter a date."),
        initial=timezone.localdate,
    )


class InterestForm(forms.Form):
    text = LinesField(
        label=_("Interest"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Enter the interest."), **NO_NUL},
    )
    declared_on = day(
        _("Declared on"), needed=_("Enter a date."), initial=timezone.localdate
    )


class DayForm(forms.Form):
    """Which day to look at; sent by GET."""

    on = day(_("On"), needed=_("Enter a date."))


class SettleForm(forms.Form):
    what_was_done = _line(_("What was done"), 500, needed=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"required": _("Say what was done."), **NO_NUL}
        self.fields["what_was_done"].error_messages.update(said)
