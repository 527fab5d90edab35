"""Whom a group has in it: on a day, over the years, and against whom it should have."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import check, requires
from engagement.groups import representation, turnout
from engagement.groups.forms_seats import DayForm
from engagement.groups.models import DeclaredInterest, Group
from engagement.groups.queries import history, seating

signed_in_only = requires("accounts.sign_in")


@signed_in_only
@require_safe
def sat(request: StaffRequest, slug: str) -> HttpResponse:
    """Who sat on a day: today, or the one that is asked for."""
    group, today = _group(request, slug), timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else {"on": today})
    day = form.cleaned_data["on"] if form.is_valid() else None
    context = {"group": group, "form": form, "day": day}
    if day:
        context["seating"] = seating(group, day)
    status = 422 if form.errors else 200
    return render(request, "groups/sat.html", context, status=status)


@signed_in_only
@require_safe
def interests(request: StaffRequest, slug: str) -> HttpResponse:
    """Those that are declared now, and those that were."""
    group = _group(request, slug)
    rows = DeclaredInterest.objects.filter(membership__seat__group=group)
    rows = rows.select_related("membership__person", "membership__seat")
    context = {"group": group, "interests": rows.order_by("-declared_on", "-pk")}
    return render(request, "groups/interests.html", context)


@signed_in_only
@require_safe
def show(request: StaffRequest, slug: str) -> HttpResponse:
    """By year, or by quarter where it is asked for."""
    group, today = _group(request, slug), timezone.localdate()
    seats = history(group)
    posts = representation.Posts(seats)
    by_quarter = request.GET.get("by") == "quarter"
    periods = (
        representation.quarters(today)
        if by_quarter
        else representation.years(seats, today)
    )
    targets = group.study.targets.all() if group.study else []
    meetings = turnout.held(group)
    now = [seat for seat in seats if turnout.existed(seat, today)]
    context = {
        "group": group,
        "by_quarter": by_quarter,
        "periods": periods,
        "sectors": representation.by_sector(seats, posts, periods),
        "functions": representation.by_function(seats, posts, periods),
        "reach": representation.reach(targets, seats, posts, today),
        "meetings": len(meetings),
        "attendance": representation.attendance(now, meetings),
    }
    return render(request, "groups/representation.html", context)


def _group(request: StaffRequest, slug: str) -> Group:
    """403 for whoever does not sit in it today, and is not of the team."""
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    check(request, "groups.view_papers", group)
    return group
