"""Sessions, speakers and series."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core import clocks
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    ClockField,
    LineField,
    NameChoice,
    TitleChoice,
    by_the_clock,
)
from engagement.events.models import Event, Series, Session, Speaker
from engagement.people.models import Organisation

TIMES = ("starts_at", "ends_at")
A_NUMBER = _("Enter a number of places, such as 40.")


class SeriesForm(forms.ModelForm[Series]):
    class Meta:
        model = Series
        fields = ["title_en", "title_cy"]
        field_classes = {"title_en": LineField, "title_cy": LineField}
        widgets = {"title_cy": forms.TextInput(WELSH)}
        error_messages = {
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "title_cy": {"required": _("Enter a title in Welsh."), **NO_NUL},
        }


class SessionForm(forms.ModelForm[Session]):
    """A part of the event, within its times; the Welsh may follow before publishing."""

    class Meta:
        model = Session
        fields = [
            *("title_en", "title_cy", "starts_at", "ends_at"),
            *("room_en", "room_cy", "capacity"),
        ]
        field_classes = {
            **dict.fromkeys(TIMES, ClockField),
            **dict.fromkeys(("title_en", "title_cy", "room_en", "room_cy"), LineField),
        }
        help_texts = {"capacity": _("Leave empty if places are not limited.")}
        error_messages = {
            "title_en": {"required": _("Enter a title in English.")},
            "starts_at": {"required": _("Enter when the session starts.")},
            "ends_at": {"required": _("Enter when the session ends.")},
            "capacity": {"invalid": A_NUMBER, "min_value": A_NUMBER},
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "room_cy": forms.TextInput(WELSH),
            "capacity": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["title_cy"].required = False
        for field in self.fields.values():
            field.error_messages.update(NO_NUL)
        for name in TIMES:
            if at := getattr(self.instance, name) or getattr(event, name):
                self.initial[name] = clocks.face(at, event.zone)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        by_the_clock(self, self.event.zone, *TIMES)
        starts, ends = fields.get("starts_at"), fields.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must be after the start."))
        first, last = self.event.starts_at, self.event.ends_at
        if starts and first and starts < first:
            self.add_error("starts_at", _("The event has not started by then."))
        if ends and last and ends > last:
            self.add_error("ends_at", _("The event is over by then."))
        return fields


class SpeakerForm(forms.ModelForm[Speaker]):
    """Somebody named in public, who has agreed to it."""

    session = TitleChoice(
        queryset=Session.objects.none(),
        label=_("Session"),
        required=False,
        empty_label=_("The whole event"),
    )
    organisation = NameChoice(
        queryset=Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Speaker
        fields = ["name", "role_en", "role_cy", "organisation", "session"]
        field_classes = dict.fromkeys(("name", "role_en", "role_cy"), LineField)
        help_texts = {"name": _("Shown in public. Ask them first.")}
        error_messages = {
            "name": {"required": _("Enter a name."), **NO_NUL},
            **dict.fromkeys(("role_en", "role_cy"), NO_NUL),
        }
        widgets = {"role_cy": forms.TextInput(WELSH)}

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["session"]
        sessions.queryset = event.sessions.all()


class RemoveSessionForm(forms.Form):
    """How many had chosen it when the page was shown."""

    chosen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
