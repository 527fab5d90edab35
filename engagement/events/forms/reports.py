import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from engagement.core import uploads
from engagement.core.fields import AddressField, LineField
from engagement.events.models import Participant, Registration
from engagement.people.models import Function, Sector

# What Teams adds to the names of those who are not of the house.
OUTSIDE = re.compile(r" \((guest|external|unverified)\)$", re.IGNORECASE)


class ReportField(forms.FileField):
    default_error_messages = {
        "required": _("Choose a file."),
        "empty": _("The file is empty."),
    }

    def clean(self, *args: Any) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = super().clean(*args)
        uploads.check(file)
        if uploads.extension(file.name or "") != "csv":
            raise forms.ValidationError(_("The file must be a CSV file."))
        return file


class UploadForm(forms.Form):
    file = ReportField(
        label=_("Attendance report (CSV)"),
        help_text=_("As Microsoft Teams or Zoom lets you download it, unchanged."),
    )


class ResolveForm(forms.Form):
    """Who a participant is: somebody registered, somebody new, or nobody who counts."""

    REGISTERED, NEW, IGNORE = "registered", "new", "ignore"
    what = forms.ChoiceField(
        label=_("Who is this?"),
        widget=forms.RadioSelect,
        choices=[
            (REGISTERED, _("Somebody who registered")),
            (NEW, _("Somebody who had not registered")),
            (IGNORE, _("Nobody to count: one of the team, a recorder, unknown")),
        ],
        error_messages={"required": _("Say who this is.")},
    )
    registration = forms.ModelChoiceField(
        Registration.objects.none(),
        label=_("Registration"),
        help_text=_("If they had registered."),
        required=False,
        empty_label=_("Choose one"),
    )
    name = LineField(label=_("Name"), max_length=200, required=False)
    email = AddressField(label=_("E-mail address"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=200, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose one")), *Sector.choices],
        help_text=_("If they had not registered."),
        required=False,
    )
    function = forms.ChoiceField(
        label=_("Function"),
        choices=[("", _("Not known")), *Function.choices],
        required=False,
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": OUTSIDE.sub("", participant.name),
            "email": participant.email,
            "registration": participant.registration_id,
        }
        super().__init__(*args, **kwargs)
        event = participant.report.event
        field = self.fields["registration"]
        field.queryset = event.registrations.in_force().order_by("name")  # type: ignore[attr-defined]
        field.label_from_instance = _label  # type: ignore[attr-defined]

    def clean(self) -> None:
        cleaned = super().clean() or {}
        needed = {
            self.REGISTERED: {"registration": _("Choose a registration.")},
            self.NEW: {
                "name": _("Enter a name."),
                "sector": _("Choose a kind of organisation."),
            },
        }
        for field, said in needed.get(cleaned.get("what", ""), {}).items():
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, said)

    def new(self) -> dict[str, Any]:
        names = ("name", "email", "organisation", "sector", "function")
        return {name: self.cleaned_data[name] for name in names}


def _label(registration: Registration) -> str:
    return ", ".join(filter(None, [registration.name, registration.organisation]))
