"""What whoever registers is asked, one form a page."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.core.fields import NO_NUL, AddressField, LineField, LinesField
from engagement.events.models import Event, Registration, Session
from engagement.events.services import details as parts
from engagement.events.services.details import Details
from engagement.people.models import Function, Sector


class Step(forms.Form):
    """One page. `columns` are those of a registration that it asks for."""

    title: ClassVar[Any]
    columns: ClassVar[tuple[str, ...]] = ()
    # What can be answered once and not be changed: the line is kept by sector, and the
    # address is where the link was sent.
    for_good: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, *args: Any, event: Event, by: Registration | None = None, **more: Any
    ) -> None:
        self.event, self.by = event, by
        if by:
            more["initial"] = self.answered(by)
        super().__init__(*args, **more)
        for name in self.for_good if by else ():
            del self.fields[name]

    def answered(self, by: Registration) -> dict[str, Any]:
        return {name: getattr(by, name) for name in self.columns}

    def fields_of_registration(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name]
            for name in self.columns
            if name in self.fields
        }

    def details(self) -> dict[str, Any]:
        """Keywords for Details."""
        return {}

    def rows(self) -> list[tuple[Any, str]]:
        """What was asked and answered, for reading."""
        return [(field.label, self._shown(field)) for field in self]

    def _shown(self, field: Any) -> str:
        value = self.cleaned_data[field.name]
        if isinstance(field.field, forms.BooleanField):
            return gettext("Yes") if value else gettext("No")
        choices = {
            str(key): str(label) for key, label in getattr(field.field, "choices", ())
        }
        values = value if isinstance(value, list) else [value]
        return "\n".join(choices.get(str(one), str(one)) for one in values if one)


class YouForm(Step):
    title = _("Your name and address")
    columns = ("name", "email")
    for_good = ("email",)

    name = LineField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name."), **NO_NUL},
    )
    email = AddressField(
        label=_("E-mail address"),
        max_length=320,
        help_text=_("We send your confirmation here."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )


class OrganisationForm(Step):
    title = _("Your organisation")
    columns = ("organisation", "sector", "function")
    for_good = ("sector",)

    organisation = LineField(
        label=_("Organisation"),
        required=False,
        max_length=200,
        help_text=_("Leave empty if you come for yourself."),
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages=NO_NUL,
    )
    sector = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=[("", _("Choose one")), *Sector.choices],
        help_text=_("Choose “Member of the public” if you come for yourself."),
        error_messages={"required": _("Choose a kind of organisation.")},
    )
    function = forms.ChoiceField(
        label=_("What is your work?"),
        required=False,
        choices=[("", _("Choose one, if you like")), *Function.choices],
    )


class SessionsForm(Step):
    title = _("Sessions")

    sessions = forms.TypedMultipleChoiceField(
        label=_("Which sessions would you like to come to?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as you like that are not at the same time."),
        error_messages={
            "invalid_choice": _("A session you chose is no longer there. Choose again.")
        },
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        sessions = parts.with_places_left(self.event, self.by)
        self.fields["sessions"].choices = [  # type: ignore[attr-defined]
            (one.pk, _session_label(one)) for one in sessions
        ]

    def answered(self, by: Registration) -> dict[str, Any]:
        return {"sessions": list(by.session_places.values_list("session", flat=True))}

    def clean_sessions(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["sessions"]
        try:
            parts.check(Details(sessions=chosen), self.by)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        return chosen

    def details(self) -> dict[str, Any]:
        return {"sessions": self.cleaned_data["sessions"]}


class NeedsForm(Step):
    title = _("What you need")
    columns = ("wants_welsh",)

    wants_welsh = forms.BooleanField(
        label=_("I would like to use Welsh at the event"), required=False
    )
    access = LinesField(
        label=_("What do you need to be able to take part?"),
        required=False,
        max_length=1000,
        help_text=_("Such as step-free access, a hearing loop or large print."),
        widget=forms.Textarea({"rows": 3}),
        error_messages=NO_NUL,
    )
    dietary = LinesField(
        label=_("What should we know about food and drink?"),
        required=False,
        max_length=1000,
        help_text=_("Such as allergies, or a vegetarian meal."),
        widget=forms.Textarea({"rows": 2}),
        error_messages=NO_NUL,
    )

    def answered(self, by: Registration) -> dict[str, Any]:
        needs = getattr(by, "needs", None)
        known = {"access": needs.access, "dietary": needs.dietary} if needs else {}
        return super().answered(by) | known

    def details(self) -> dict[str, Any]:
        return {"needs": (self.cleaned_data["access"], self.cleaned_data["dietary"])}


def _session_label(session: Session) -> str:
    starts, ends = localtime(session.starts_at), localtime(session.ends_at)
    title = bilingual.shown(session, "title").text
    when = f"{date_format(starts, 'j F, H:i')} - {date_format(ends, 'H:i')}"
    left = session.left  # type: ignore[attr-defined]
    if left is None:
        return f"{title}, {when}"
    words = (
        gettext("places left: %(left)s") % {"left": left}
        if left > 0
        else gettext("full")
    )
    return f"{title}, {when} ({words})"
