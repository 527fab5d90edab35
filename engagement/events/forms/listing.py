from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import TitleChoice
from engagement.events.models import LATEST_FIRST, Event, EventQuerySet, Section
from engagement.studies.models import Study

ALL = ("", _("All"))
USED = {"cy": ["cy", "both"], "en": ["en", "both"]}


class FilterForm(forms.Form):
    """What to list; sent by GET, each part may be left out."""

    section = forms.ChoiceField(
        label=_("When"), required=False, choices=[ALL, *Section.choices[1:]]
    )
    month = forms.RegexField(
        r"\A(?:19|20)\d\d-(?:0[1-9]|1[0-2])\Z",
        label=_("Month"),
        required=False,
        widget=forms.Select,
        error_messages={"invalid": _("Enter a month as 2027-03.")},
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
        label=_("Kind"), required=False, choices=[ALL, *Event.Kind.choices]
    )
    mode = forms.ChoiceField(
        label=_("How people take part"),
        required=False,
        choices=[ALL, *Event.Mode.choices],
    )
    language = forms.ChoiceField(
        label=_("Language used"),
        required=False,
        choices=[ALL, ("cy", _("Welsh")), ("en", _("English"))],
    )

    def offer_months(self) -> None:
        """Those in which an event that the public may find begins, latest first."""
        months = Event.objects.listed().order_by().datetimes("starts_at", "month")
        self.fields["month"].widget.choices = [
            ALL,
            *(
                (f"{at:%Y-%m}", f"{MONTHS[at.month]} {at.year}")
                for at in reversed(months)
            ),
        ]

    def of(self, events: EventQuerySet) -> EventQuerySet:
        """Those of the events that were chosen, by what was understood; the latest
        first."""
        return events.in_sections().filter(**self.chosen()).order_by(*LATEST_FIRST)

    def chosen(self) -> dict[str, Any]:
        """Lookups for what was chosen and understood; of `in_sections`."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if language := found.pop("language", None):
            found["languages__in"] = USED[language]
        if month := found.pop("month", None):
            year, number = int(month[:4]), int(month[5:])
            found["starts_at__gte"] = _first(year, number)
            found["starts_at__lt"] = _first(year + number // 12, number % 12 + 1)
        return found


def _first(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
