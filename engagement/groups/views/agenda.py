"""The items of an agenda."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms_meetings import ItemForm
from engagement.groups.models import AgendaItem, Meeting
from engagement.groups.services import agenda
from engagement.groups.views import meetings


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = meetings.get(pk)
    form = ItemForm(posted(request), meeting=meeting)
    if form.is_valid():
        try:
            agenda.add(by=request.user, meeting=meeting, fields=form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect("groups:meeting", pk)
    return _shown(request, meeting, form)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    item = get(pk)
    form = ItemForm(posted(request), instance=item, meeting=item.meeting)
    if form.is_valid():
        try:
            agenda.change(by=request.user, item=item, fields=form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("groups:meeting", item.meeting_id)
    return _shown(request, item.meeting, form, item=get(pk))


@requires("groups.manage")
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    item = get(pk)
    try:
        agenda.move(by=request.user, item=item, up=request.POST.get("to") == "up")
    except Refused as error:
        messages.error(request, str(error))
    return redirect("groups:meeting", item.meeting_id)


@requires("groups.manage")
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    item = get(pk)
    try:
        agenda.remove(by=request.user, item=item)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The item is off the agenda."))
    return redirect("groups:meeting", item.meeting_id)


def get(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__group", "meeting__event")
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: StaffRequest, meeting: Meeting, form: ItemForm, **more: Any
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, **more}
    status = 422 if form.is_bound else 200
    return render(request, "groups/item.html", context, status=status)
