from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core.bilingual import active
from engagement.core.fields import WELSH, LinesField, TitleChoice
from engagement.events.models import Commitment, Event, Registration
from engagement.studies.models import Study

LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
WHICH = [
    ("", _("All")),
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("proposed", _("Proposed")),
    ("done", _("Done")),
    ("dropped", _("Not done, and why")),
]
DAY = {"invalid": _("Enter a date like 2026-01-31.")}


class ParticipantChoice(forms.ModelChoiceField[Registration]):
    def label_from_instance(self, obj: Registration) -> str:
        return f"{obj.name}, {obj.organisation}" if obj.organisation else obj.name


def _owner() -> "forms.ModelChoiceField[User]":
    staff = User.objects.filter(role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    return forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=staff.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=_("Nobody yet"),
    )


def _participant() -> ParticipantChoice:
    return ParticipantChoice(
        label=_("Participant"),
        help_text=_("Asked by mail after three months. Their name is never public."),
        queryset=Registration.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )


def _due() -> forms.DateField:
    return forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages=DAY,
    )


def _lines(label: Any, attributes: dict[str, str] | None = None) -> LinesField:
    return LinesField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, **(attributes or {})}),
    )


class AddForm(forms.Form):
    """Taken down in a moment, on a phone."""

    text = LinesField(
        label=_("What was promised?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write what was promised.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        initial=active,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    side = forms.ChoiceField(
        label=_("By whom?"),
        choices=Commitment.Side.choices,
        initial=Commitment.Side.TEAM,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who promised it.")},
    )
    due_on = _due()
    owner = _owner()
    registration = _participant()

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = event.registrations.in_force().order_by("name")
        self.fields["registration"].queryset = there  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """Both languages, who sees to it and by when, and whether the public sees it."""

    text_en = _lines(_("What was promised, in English"))
    text_cy = _lines(_("What was promised, in Welsh"), WELSH)
    side = forms.ChoiceField(
        label=_("By whom?"), choices=Commitment.Side.choices, widget=forms.RadioSelect
    )
    due_on = _due()
    owner = _owner()
    registration = _participant()
    is_public = forms.BooleanField(
        label=_("Show it in public, without names"), required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever said it may have left since.
        self.fields["registration"].queryset = event.registrations.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if not fields.get("text_en") and not fields.get("text_cy"):
            self.add_error("text_en", _("Write what was promised."))
        return fields


class SettleForm(forms.Form):
    """What came of it."""

    state = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            (Commitment.State.DONE, _("It is done")),
            (Commitment.State.DROPPED, _("It is not done, and will not be")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    outcome_en = _lines(_("What came of it, or why it was not done, in English"))
    outcome_cy = _lines(_("What came of it, or why it was not done, in Welsh"), WELSH)

    def __init__(self, *args: Any, before: str, **kwargs: Any) -> None:
        """`before` is the state it is in: only what can come next is offered."""
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        after = Commitment.MOVES[before]
        left = [pair for pair in field.choices if pair[0] in after]  # type: ignore[attr-defined]
        # What has been settled meanwhile is refused by the service, in words.
        field.choices = left if before == Commitment.State.PROPOSED else field.choices  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Which to list; sent by GET, each part may be left out."""

    which = forms.ChoiceField(label=_("Which"), required=False, choices=WHICH)
    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such study.")},
    )
    mine = forms.BooleanField(label=_("Only those that I see to"), required=False)
