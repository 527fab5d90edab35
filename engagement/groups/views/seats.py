"""The places that a group has."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms_seats import EndForm, SeatForm
from engagement.groups.models import Group, Seat
from engagement.groups.queries import history
from engagement.groups.services import seats

manage_only = requires("groups.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@require_safe
def list_seats(request: StaffRequest, slug: str) -> HttpResponse:
    """All that the group ever had, each with everybody who ever sat in it."""
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    context = {"group": group, "seats": history(group), "today": timezone.localdate()}
    return render(request, "groups/seats.html", context)


@manage_only
@form_page
def add(request: StaffRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group, slug=slug)
    form = SeatForm(posted(request))
    if request.method == "POST" and form.is_valid():
        seats.add(by=request.user, group=group, fields=form.cleaned_data)
        messages.success(request, _("The seat is added."))
        return redirect("groups:seats", group.slug)
    context = {"form": form, "group": group}
    return render(request, "groups/edit_seat.html", context, status=_status(form))


@manage_only
@form_page
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    form = SeatForm(posted(request), instance=_seat(pk))
    if request.method == "POST" and form.is_valid():
        try:
            seats.change(by=request.user, seat=seat, fields=form.cleaned_data)
        except Refused as refused:
            form.add_error("opened_on", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("groups:seats", seat.group.slug)
    context = {"form": form, "group": seat.group, "seat": seat}
    return render(request, "groups/edit_seat.html", context, status=_status(form))


@manage_only
@form_page
def close(request: StaffRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            seats.close(by=request.user, seat=seat, on=form.cleaned_data["on"])
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("The seat is done away with from that day."))
            return redirect("groups:seats", seat.group.slug)
    context = {"form": form, "group": seat.group, "seat": seat}
    return render(request, "groups/close_seat.html", context, status=_status(form))


@manage_only
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    seats.move(by=request.user, seat=seat, up=request.POST.get("to") == "up")
    return redirect("groups:seats", seat.group.slug)


def _seat(pk: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("group"), pk=pk)


def _status(form: SeatForm | EndForm) -> int:
    return 422 if form.errors else 200
