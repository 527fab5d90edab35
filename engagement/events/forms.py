from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, WELSH, AddressField, LineField, TitleChoice
from engagement.events.models import Event, Registration, Section
from engagement.people.models import Sector
from engagement.studies.models import Study


class FilterForm(forms.Form):
    """What to list; sent by GET, each part may be left out."""

    section = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("All")), *Section.choices[1:]],
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
        label=_("Kind"), required=False, choices=[("", _("All")), *Event.Kind.choices]
    )

    def chosen(self) -> dict[str, Any]:
        """Lookups for what was chosen and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegisterForm(forms.ModelForm[Registration]):
    """Who wants to come. No account, and nothing that the event does not need."""

    sector = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=[("", _("Choose one")), *Sector.choices],
        help_text=_("Choose “Member of the public” if you come for yourself."),
        error_messages={"required": _("Choose a kind of organisation.")},
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation", "sector", "wants_welsh"]
        field_classes = {
            "name": LineField,
            "email": AddressField,
            "organisation": LineField,
        }
        labels = {
            "name": _("Your name"),
            "email": _("E-mail address"),
            "organisation": _("Organisation"),
            "wants_welsh": _("I would like to use Welsh at the event"),
        }
        help_texts = {
            "email": _("We send your confirmation here."),
            "organisation": _("Leave empty if you come for yourself."),
        }
        error_messages = {
            "name": {"required": _("Enter your name.")},
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
            "organisation": forms.TextInput({"autocomplete": "organization"}),
        }


class EventForm(forms.ModelForm[Event]):
    """An event in both languages; what is missing matters when it is published."""

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Event
        fields = [
            *("study", "kind", "title_en", "title_cy"),
            *("description_en", "description_cy", "starts_at", "ends_at"),
            *("venue_en", "venue_cy", "audience_en", "audience_cy", "capacity"),
        ]
        help_texts = {
            "capacity": _("Leave empty if places are not limited."),
            "description_en": _("You can use Markdown."),
            "description_cy": _("You can use Markdown."),
        }
        error_messages = {
            "title_en": {"required": _("Enter a title in English.")},
            "kind": {"required": _("Choose a kind of event.")},
            "capacity": {
                "invalid": _("Enter a number of places, such as 40."),
                "min_value": _("Enter a number of places, such as 40."),
            },
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "venue_cy": forms.TextInput(WELSH),
            "audience_cy": forms.TextInput(WELSH),
            "description_cy": forms.Textarea(WELSH),
            "capacity": forms.NumberInput({"inputmode": "numeric"}),
            **{
                name: forms.DateTimeInput(
                    {"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
                )
                for name in ("starts_at", "ends_at")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.update(NO_NUL)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        starts, ends = fields.get("starts_at"), fields.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must be after the start."))
        if ends and not starts and "starts_at" in fields:
            self.add_error("starts_at", _("Enter when the event starts."))
        return fields


class ReasonForm(forms.Form):
    """Why it does not take place, for everybody to read."""

    reason_en = forms.CharField(
        label=_("Reason in English"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Give the reason in English."), **NO_NUL},
    )
    reason_cy = forms.CharField(
        label=_("Reason in Welsh"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages={"required": _("Give the reason in Welsh."), **NO_NUL},
    )


class HeldForm(forms.Form):
    """What came of an event that took place."""

    outcome_en = forms.CharField(
        label=_("What came of it, in English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
        error_messages=NO_NUL,
    )
    outcome_cy = forms.CharField(
        label=_("What came of it, in Welsh"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5, **WELSH}),
        error_messages=NO_NUL,
    )
    attended_reported = forms.IntegerField(
        label=_("How many people came, if attendance was not marked"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a whole number, such as 12.")},
    )


class AttendanceForm(forms.Form):
    """The registrations that came, by id."""

    came = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _(
                "Somebody has cancelled in the meantime. Load the page again."
            )
        },
    )

    def __init__(self, *args: Any, ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(pk, pk) for pk in ids]  # type: ignore[attr-defined]
