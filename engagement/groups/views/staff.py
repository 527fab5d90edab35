from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms_meetings import (
    ChangeMeetingForm,
    ItemPaperForm,
    RecordForm,
)
from engagement.groups.models import Group, Meeting
from engagement.groups.services import meetings

manage_only = requires("groups.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    found = Group.objects.select_related("study").with_seat_counts()
    return render(request, "groups/manage.html", {"groups": found})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request: StaffRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    form = ChangeMeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        meeting = meetings.plan(by=request.user, group=group, fields=form.cleaned_data)
        messages.success(request, _("The meeting is planned."))
        return redirect("groups:meeting", meeting.pk)
    context = {"form": form, "group": group}
    return render(request, "groups/meeting.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_paper(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("group", "event"), pk=pk)
    asked = {"item": request.GET.get("item")}
    form = ItemPaperForm(
        posted(request), request.FILES or None, meeting=meeting, initial=asked
    )
    if request.method == "POST" and form.is_valid():
        meetings.add_paper(by=request.user, meeting=meeting, **form.cleaned_data)
        messages.success(request, _("The paper is added. Members of the group see it."))
        return redirect("groups:meeting", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "groups/paper.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("group", "event"), pk=pk)
    asked = {"item": request.GET.get("item")}
    form = RecordForm(posted(request), meeting=meeting, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.decide(by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("groups:meeting", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "groups/decision.html", context, status=_status(form))


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
