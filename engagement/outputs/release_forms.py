"""What staff type of a release."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from engagement.core import clocks
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.core.fields import (
    NO_NUL,
    WELSH,
    AddressField,
    ClockField,
    LineField,
    LinesField,
    MarkdownField,
    TitleChoice,
    by_the_clock,
)
from engagement.outputs import release_times
from engagement.outputs.models import Edition, Release
from engagement.outputs.services.release_dates import CLOCK
from engagement.studies.models import Study

# The hour of official statistics.
HOUR = time(9, 30)
MONTHS_AHEAD = 36


class ReleaseForm(forms.ModelForm[Release]):
    """Its title, which everybody sees once it is announced, and its news item."""

    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        error_messages={"required": _("Choose a study.")},
    )
    title_en = LineField(
        label=_("Title in English"),
        help_text=_("The public calendar shows it before anything else is out."),
        max_length=300,
        error_messages={"required": _("Enter a title in English."), **NO_NUL},
    )
    title_cy = LineField(
        label=_("Title in Welsh"),
        max_length=300,
        widget=forms.TextInput(WELSH),
        error_messages={"required": _("Enter a title in Welsh."), **NO_NUL},
    )
    news_en = MarkdownField(
        label=_("News item in English"),
        help_text=_("You can use Markdown. It comes out with the rest."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        error_messages=NO_NUL,
    )
    news_cy = MarkdownField(
        label=_("News item in Welsh"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, **WELSH}),
        error_messages=NO_NUL,
    )

    class Meta:
        model = Release
        fields = ["study", "title_en", "title_cy", "news_en", "news_cy"]


class EditionChoice(forms.ModelChoiceField[Edition]):
    def label_from_instance(self, obj: Edition) -> str:
        named = {"title": shown(obj.output, "title").text, "number": obj.number}
        return str(_("%(title)s, edition %(number)s") % named)


class AddEditionForm(forms.Form):
    """One of what could go out with the release."""

    edition = EditionChoice(
        queryset=Edition.objects.none(),
        label=_("Edition"),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose an edition."),
            "invalid_choice": _("Choose an edition."),
        },
    )

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Edition.objects.free_for(release).select_related("output")
        self.fields["edition"].queryset = free  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why, for everybody to read."""

    reason_en = LinesField(
        label=_("Reason in English"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Give the reason in English."), **NO_NUL},
    )
    reason_cy = LinesField(
        label=_("Reason in Welsh"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, **WELSH}),
        error_messages={"required": _("Give the reason in Welsh."), **NO_NUL},
    )


class DateForm(ReasonForm):
    """Its month alone, or its day and time; and why, where that is a change."""

    precision = forms.ChoiceField(
        label=_("How much is known"),
        choices=[("month", _("The month")), ("day", _("The day and time"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much is known.")},
    )
    month = forms.TypedChoiceField(
        label=_("Month"),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-24.")},
    )
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("As the clocks in Wales show it, such as 09:30."),
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 09:30.")},
    )
    field_order = ("precision", "month", "day", "time", "reason_en", "reason_cy")

    def __init__(self, data: Any = None, *, release: Release) -> None:
        initial = {"time": HOUR, "precision": "month", **_known(release)}
        super().__init__(data, initial=initial)
        choices = [("", _("Choose one")), *_months()]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
        if release.state == Release.State.DRAFT:
            del self.fields["reason_en"], self.fields["reason_cy"]
        else:
            for name in ("reason_en", "reason_cy"):
                self.fields[name].required = False
            self.fields["reason_en"].help_text = _(
                "Everybody reads it, and it stays. The day in the month that was "
                "announced needs none."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("precision") == "month" and not data.get("month"):
            self.add_error("month", _("Choose a month."))
        if data.get("precision") == "day":
            self._clean_moment(data)
        return data

    def _clean_moment(self, data: dict[str, Any]) -> None:
        if not data.get("day"):
            if "day" not in self.errors:
                self.add_error("day", _("Choose a day."))
            return
        face = datetime.combine(data["day"], data.get("time") or HOUR)
        try:
            data["at"] = clocks.moment(face, CLOCK)
        except Refused as refused:
            self.add_error("time", str(refused))

    @property
    def reason(self) -> dict[str, str]:
        return {
            name: self.cleaned_data.get(name, "") for name in ("reason_en", "reason_cy")
        }


class ApproveForm(forms.Form):
    """Says yes to what was read, and to nothing that came after."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AccessForm(forms.Form):
    """Who sees it before it is out, why, and from when to when."""

    name = LineField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter a name."), **NO_NUL},
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("The link goes to this address and to no other."),
        max_length=320,
    )
    post = LineField(
        label=_("Post"),
        help_text=_("Everybody can read the post and the body, but not the name."),
        max_length=200,
        error_messages={"required": _("Enter their post."), **NO_NUL},
    )
    body = LineField(
        label=_("Body"),
        max_length=200,
        error_messages={"required": _("Enter the body they work for."), **NO_NUL},
    )
    reason = LinesField(
        label=_("Why they need it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why they need it."), **NO_NUL},
    )
    starts_at = ClockField(
        label=_("From"), error_messages={"required": _("Choose a time.")}
    )
    ends_at = ClockField(
        label=_("Until"), error_messages={"required": _("Choose a time.")}
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        by_the_clock(self, CLOCK, "starts_at", "ends_at")
        starts, ends = (
            self.cleaned_data.get(name) for name in ("starts_at", "ends_at")
        )
        if starts and ends and not self.errors and ends <= starts:
            self.add_error("ends_at", _("It must end after it starts."))
        return data


def _known(release: Release) -> dict[str, Any]:
    """What is announced now, for the form to begin with."""
    if release.publish_at:
        at = localtime(release.publish_at, CLOCK)
        return {"precision": "day", "day": at.date(), "time": at.time()}
    if release.planned_month:
        return {"month": release.planned_month.isoformat()}
    return {}


def _months() -> Iterator[tuple[str, str]]:
    first = localdate().replace(day=1)
    for number in range(MONTHS_AHEAD):
        years, months = divmod(first.month - 1 + number, 12)
        day = date(first.year + years, months + 1, 1)
        yield day.isoformat(), release_times.month(day)
