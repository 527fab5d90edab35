from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms import (
    DecisionForm,
    FillForm,
    GroupForm,
    MeetingForm,
    PaperForm,
)
from engagement.groups.models import Group, Meeting, Membership, Seat
from engagement.groups.services import groups, meetings, memberships

manage_only = requires("groups.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    found = Group.objects.select_related("study").with_seat_counts()
    return render(request, "groups/manage.html", {"groups": found})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group, slug=slug)
    form = GroupForm(posted(request), instance=group)
    if request.method == "POST" and form.is_valid():
        groups.update(by=request.user, group=group, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(group)
    context = {"form": form, "group": group}
    return render(request, "groups/edit.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request: StaffRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    form = MeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        meetings.plan(by=request.user, group=group, fields=form.cleaned_data)
        messages.success(request, _("The meeting is planned."))
        return redirect(group)
    context = {"form": form, "group": group}
    return render(request, "groups/meeting.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_paper(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("group", "event"), pk=pk)
    form = PaperForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        meetings.add_paper(by=request.user, meeting=meeting, **form.cleaned_data)
        messages.success(request, _("The paper is added. Members of the group see it."))
        return redirect(meeting.group)
    context = {"form": form, "meeting": meeting}
    return render(request, "groups/paper.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("group", "event"), pk=pk)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        meetings.decide(by=request.user, meeting=meeting, **form.cleaned_data)
        messages.success(request, _("The decision is on the group's page."))
        return redirect(meeting.group)
    context = {"form": form, "meeting": meeting}
    return render(request, "groups/decision.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: StaffRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.select_related("group"), pk=pk)
    form = FillForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            memberships.fill(by=request.user, seat=seat, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The seat is filled."))
            return redirect(seat.group)
    context = {"form": form, "seat": seat}
    return render(request, "groups/fill.html", context, status=_status(form))


@manage_only
@require_POST
def vacate(request: StaffRequest, pk: int) -> HttpResponse:
    memberships_ = Membership.objects.select_related("seat__group")
    membership = get_object_or_404(memberships_, pk=pk)
    memberships.end(by=request.user, membership=membership)
    messages.success(request, _("The seat is empty now."))
    return redirect(membership.seat.group)


def _status(form: GroupForm | DecisionForm | MeetingForm | PaperForm | FillForm) -> int:
    return 422 if form.errors else 200
