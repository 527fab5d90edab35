"""What staff type about who stands for a study, its risks, and whom it means to reach."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core.fields import NO_NUL, WELSH, AddressField, LineField, LinesField
from engagement.studies.models import Ownership, Target

BOTH = {"required": _("Write this in English and in Welsh."), **NO_NUL}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter a date."),
            "invalid": _("Enter a date like 2026-01-31."),
        },
    )


def _line(label: Any, *, needed: bool = False, welsh: bool = False) -> LineField:
    return LineField(
        label=label,
        max_length=200,
        required=needed,
        widget=forms.TextInput(WELSH if welsh else {}),
        error_messages=BOTH,
    )


def _text(label: Any, *, welsh: bool = False) -> LinesField:
    return LinesField(
        label=label,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, **(WELSH if welsh else {})}),
        error_messages=BOTH,
    )


def _owner(**more: Any) -> "forms.ModelChoiceField[User]":
    staff = User.objects.filter(role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    return forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=staff.filter(is_active=True).order_by("name"),
        error_messages={"required": _("Choose who sees to it.")},
        **more,
    )


class BeginForm(forms.Form):
    """Somebody takes a role; a post alone will do where nobody is named."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Ownership.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    email = AddressField(
        label=_("E-mail address of the person"),
        required=False,
        help_text=_(
            "Somebody whom Dolen knows already. The public never sees who it is."
        ),
        widget=forms.EmailInput({"inputmode": "email"}),
    )
    post_en = _line(_("Post in English"))
    post_cy = _line(_("Post in Welsh"), welsh=True)
    started_on = _day(_("From"))

    def clean(self) -> None:
        post = [self.cleaned_data.get(f"post_{lang}") for lang in ("en", "cy")]
        if any(post) and not all(post):
            name = "post_cy" if post[0] else "post_en"
            self.add_error(
                name, _("Write this in English and in Welsh, or in neither.")
            )
        if not any(post) and not self.cleaned_data.get("email"):
            self.add_error("email", _("Enter the person, or the post."))


class EndForm(forms.Form):
    on = _day(_("The first day without them"))


class RiskForm(forms.Form):
    text_en = _text(_("Risk in English"))
    text_cy = _text(_("Risk in Welsh"), welsh=True)
    owner = _owner()


class CloseForm(forms.Form):
    outcome_en = _text(_("What was done, in English"))
    outcome_cy = _text(_("What was done, in Welsh"), welsh=True)


class GiveForm(forms.Form):
    owner = _owner()


class TargetForm(forms.ModelForm[Target]):
    label_en = _line(_("Who, in English"), needed=True)
    label_cy = _line(_("Who, in Welsh"), needed=True, welsh=True)
    bodies = forms.IntegerField(
        label=_("How many bodies there are"),
        required=False,
        min_value=1,
        max_value=100000,
        help_text=_("Left out where nobody knows."),
    )

    class Meta:
        model = Target
        fields = ["label_en", "label_cy", "sector", "function", "bodies"]
        error_messages = {"sector": {"required": _("Choose a sector.")}}
