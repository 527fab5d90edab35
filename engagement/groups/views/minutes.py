"""Minutes: written item by item beside the agenda, sent, approved, corrected by notes."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import differences
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms_meetings import ApproveForm, MinutesForm, NoteForm
from engagement.groups.models import AgendaItem, Meeting
from engagement.groups.services import minutes
from engagement.groups.views import agenda, meetings


class Difference(NamedTuple):
    """What is saved, held against what is typed."""

    lang: str
    label: str
    parts: list[differences.Part]
    saved: str


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """One item, both languages side by side. A save over somebody else's shows both; the
    form then carries the version that was seen, so that the next save is of both."""
    item = agenda.get(pk)
    known = {
        "seen": item.version,
        "minutes_en": item.minutes_en,
        "minutes_cy": item.minutes_cy,
        "redacted": item.redacted,
    }
    form = MinutesForm(posted(request), initial=known)
    context: dict[str, Any] = {"item": item, "meeting": item.meeting}
    if form.is_valid():
        try:
            minutes.save_item(by=request.user, item=item, **form.cleaned_data)
        except minutes.ChangedMeanwhile as error:
            item = agenda.get(pk)
            context |= {"meanwhile": str(error), "item": item}
            context["differences"] = _differences(form, item)
            form.data = {**form.cleaned_data, "seen": item.version}
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The minutes of this item are saved."))
            return redirect("groups:meeting", item.meeting_id)
    context["form"] = form
    status = 422 if form.is_bound else 200
    return render(request, "groups/write_minutes.html", context, status=status)


def _differences(form: MinutesForm, item: AgendaItem) -> list[Difference]:
    found = []
    for lang in ("en", "cy"):
        saved = getattr(item, f"minutes_{lang}")
        mine = form.cleaned_data[f"minutes_{lang}"]
        if saved != mine:
            label = str(form.fields[f"minutes_{lang}"].label)
            parts = differences.between(saved, mine)
            found.append(Difference(lang, label, parts, saved))
    return found


@requires("groups.manage")
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        number = minutes.circulate(by=request.user, meeting=meetings.get(pk))
    except Refused as error:
        messages.error(request, str(error))
    else:
        text = _("The minutes are sent. Members who were written to: %(n)s.")
        messages.success(request, text % {"n": number})
    return redirect("groups:meeting", pk)


@requires("groups.manage")
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        minutes.take_back(by=request.user, meeting=meetings.get(pk))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The minutes are a draft again."))
    return redirect("groups:meeting", pk)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = meetings.get(pk)
    form = ApproveForm(posted(request), later=minutes.later(meeting))
    if form.is_valid():
        try:
            minutes.approve(by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The minutes are approved."))
            return redirect("groups:meeting", pk)
    return _shown(request, "groups/approve_minutes.html", meeting, form)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = meetings.get(pk)
    form = NoteForm(posted(request), meeting=meeting)
    if form.is_valid():
        try:
            minutes.note(by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The note stands with the minutes."))
            return redirect("groups:meeting", pk)
    return _shown(request, "groups/note_minutes.html", meeting, form)


def _shown(
    request: StaffRequest, template: str, meeting: Meeting, form: forms.BaseForm
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "meeting": meeting}, status=status)
