from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.reports import periods
from engagement.reports.models import Report
from engagement.studies.models import Study

EARLIEST = date(1990, 1, 1)


class DaysForm(forms.Form):
    """Two days, both in it."""

    since = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and since < EARLIEST:
            self.add_error("since", _("Enter a day after 1989."))
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        if since and since > timezone.localdate():
            self.add_error("since", _("This day is still to come."))
        return found


class PeriodForm(DaysForm):
    """One of the usual periods, or two days."""

    period = forms.ChoiceField(
        label=gettext_lazy("Time"), choices=periods.CHOICES, required=False
    )
    field_order = ["period", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = periods.MEETING
        for name in ("since", "until"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Only from one day to another.")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        self.chosen = found.get("period") or periods.MEETING
        if self.chosen == periods.DAYS:
            for name in ("since", "until"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter a day."))
        return found


class ReportForm(DaysForm):
    """What a report is about; nothing of it is still to come."""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        until = found.get("until")
        if until and until > timezone.localdate():
            self.add_error("until", _("This day is still to come."))
        return found


class ReportChoice(forms.ModelChoiceField[Report]):
    """By its days, in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        days = (date_format(day, "DATE_FORMAT") for day in (obj.since, obj.until))
        return " \N{EN DASH} ".join(days)


class CompareForm(forms.Form):
    """Two reports of a study that were made."""

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = study.reports.made().latest_first()
        self.has_reports = made.exists()
        for name, label in (
            ("first", _("First report")),
            ("second", _("Second report")),
        ):
            self.fields[name] = ReportChoice(
                label=label,
                queryset=made,
                empty_label=None,
                error_messages={
                    "required": _("Choose a report."),
                    "invalid_choice": _("Choose one of the reports."),
                },
            )
