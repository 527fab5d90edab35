from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core import clocks
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    ClockField,
    TitleChoice,
    by_the_clock,
)
from engagement.events.models import Event, Series
from engagement.studies.models import Study

TIMES = ("starts_at", "ends_at", "registration_closes_at")
# What a form may leave out: it stays as it is, and a new event has the usual.
USUAL = ("mode", "languages", "time_zone", "offer_hours")
A_NUMBER = _("Enter a number of places, such as 40.")
PART_OF = _("Where it is part of a meeting of another body.")
AN_HOUR = _("Enter a number of hours, such as 48.")


class EventForm(forms.ModelForm[Event]):
    """An event in both languages; what is missing matters when it is published.

    Times are typed as the clocks show them where the event is.
    """

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        required=False,
        empty_label=_("None"),
    )
    series = TitleChoice(
        queryset=Series.objects.all(),
        label=_("Series"),
        required=False,
        empty_label=_("None"),
        help_text=_("Events that belong together. Each shows the others."),
    )
    organiser = forms.ModelChoiceField(
        queryset=User.objects.filter(
            is_active=True, role__in=[Role.MANAGER, Role.ADMINISTRATOR]
        ).order_by("name"),
        label=_("Organiser"),
        required=False,
        empty_label=_("None"),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone) for zone in clocks.zones()],
        initial=clocks.HOME,
        help_text=_("Times are typed, and shown to everybody, as the clocks there go."),
    )
    join_url = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown to those who have a place, and to nobody else."),
        error_messages={"invalid": _("Enter a link like https://example.org/meeting.")},
    )

    class Meta:
        model = Event
        fields = [
            *("study", "series", "kind", "organiser", "title_en", "title_cy"),
            *("description_en", "description_cy", "audience_en", "audience_cy"),
            *("host_en", "host_cy", "time_zone", "starts_at", "ends_at"),
            *("mode", "venue_en", "venue_cy"),
            *("join_url", "join_note_en", "join_note_cy"),
            *("languages", "interpretation"),
            *("capacity", "registration_closes_at", "offer_hours"),
        ]
        field_classes = dict.fromkeys(TIMES, ClockField)
        help_texts = {
            "capacity": _("Leave empty if places are not limited."),
            "description_en": _("You can use Markdown."),
            "description_cy": _("You can use Markdown."),
            "host_en": PART_OF,
            "host_cy": PART_OF,
            "registration_closes_at": _(
                "Leave empty to close it when the event starts."
            ),
            "offer_hours": _(
                "How long somebody on the waiting list has to take a place that came free."
            ),
        }
        error_messages = {
            "title_en": {"required": _("Enter a title in English.")},
            "kind": {"required": _("Choose a kind of event.")},
            "capacity": {"invalid": A_NUMBER, "min_value": A_NUMBER},
            "offer_hours": {"invalid": AN_HOUR, "min_value": AN_HOUR},
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "venue_cy": forms.TextInput(WELSH),
            "audience_cy": forms.TextInput(WELSH),
            "host_cy": forms.TextInput(WELSH),
            "description_cy": forms.Textarea(WELSH),
            "join_note_en": forms.Textarea({"rows": 3}),
            "join_note_cy": forms.Textarea({"rows": 3, **WELSH}),
            "mode": forms.RadioSelect,
            "capacity": forms.NumberInput({"inputmode": "numeric"}),
            "offer_hours": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.update(NO_NUL)
        for name in USUAL:
            self.fields[name].required = False
        for name in TIMES:
            if at := getattr(self.instance, name):
                self.initial[name] = clocks.face(at, self.instance.zone)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        for name in USUAL:
            if fields.get(name) in ("", None) and name not in self.errors:
                fields[name] = getattr(self.instance, name)
        zone = fields.get("time_zone", clocks.HOME)
        by_the_clock(self, ZoneInfo(zone), *TIMES)
        self._check_order(fields)
        return fields

    def _check_order(self, fields: dict[str, Any]) -> None:
        starts, ends, closes = (fields.get(name) for name in TIMES)
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must be after the start."))
        if ends and not starts and "starts_at" in fields:
            self.add_error("starts_at", _("Enter when the event starts."))
        if starts and closes and closes > starts:
            self.add_error(
                "registration_closes_at",
                _("Registration must close before the event starts."),
            )
