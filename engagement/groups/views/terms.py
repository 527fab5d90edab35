"""Who fills a seat, from when to when, and what they have declared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.groups.forms_seats import EndForm, FillForm, InterestForm
from engagement.groups.models import DeclaredInterest, Membership, Seat
from engagement.groups.services import interests, memberships

manage_only = requires("groups.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@form_page
def fill(request: StaffRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.select_related("group"), pk=pk)
    form = FillForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            memberships.fill(by=request.user, seat=seat, **form.cleaned_data)
        except memberships.BeforeItBegan as refused:
            form.add_error("ended_on", str(refused))
        except memberships.SeatClosed as refused:
            form.add_error("started_on", str(refused))
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The seat is filled."))
            return redirect(seat.group)
    context = {"form": form, "seat": seat}
    status = 422 if form.errors else 200
    return render(request, "groups/fill.html", context, status=status)


@manage_only
@form_page
def term(request: StaffRequest, pk: int) -> HttpResponse:
    """What is known of a term; it is ended here, on any day."""
    membership = _term(pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            memberships.end(
                by=request.user, membership=membership, on=form.cleaned_data["on"]
            )
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("The term ends on that day."))
            return redirect("groups:term", pk)
    return _show(request, membership, form=form, status=422 if form.errors else 200)


@manage_only
@require_POST
def vacate(request: StaffRequest, pk: int) -> HttpResponse:
    """Today, or before they have begun."""
    membership = _term(pk)
    memberships.leave(by=request.user, membership=membership)
    messages.success(request, _("The seat is empty now."))
    return redirect(membership.seat.group)


@manage_only
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    membership = _term(pk)
    try:
        memberships.take_back(by=request.user, membership=membership)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is taken back."))
    return redirect("groups:seats", membership.seat.group.slug)


@manage_only
@require_POST
def declare(request: StaffRequest, pk: int) -> HttpResponse:
    membership = _term(pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _show(request, membership, interest=form, status=422)
    interests.declare(by=request.user, membership=membership, **form.cleaned_data)
    messages.success(request, _("The interest is on record."))
    return redirect("groups:term", pk)


@manage_only
@require_POST
def end_interest(request: StaffRequest, pk: int) -> HttpResponse:
    """As of today."""
    rows = DeclaredInterest.objects.select_related("membership")
    row = get_object_or_404(rows, pk=pk)
    try:
        interests.end(by=request.user, interest=row, on=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("groups:term", row.membership_id)


def _term(pk: int) -> Membership:
    rows = Membership.objects.select_related("seat__group", "person")
    return get_object_or_404(rows, pk=pk)


def _show(
    request: StaffRequest,
    membership: Membership,
    *,
    form: EndForm | None = None,
    interest: InterestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "term": membership,
        "form": form or EndForm(),
        "interest": interest or InterestForm(),
        "interests": membership.declared_interests.all(),
        "lasts": membership.ended_on is None or membership.ended_on > today,
        "of_today": today in (membership.entered_on, membership.end_entered_on),
    }
    return render(request, "groups/term.html", context, status=status)
