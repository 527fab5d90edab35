"""The steps between a draft and its going: checks, approval, audience, time."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
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
from newsletters.forms.planning import TimeForm
from newsletters.models import Issue
from newsletters.services import approvals, moments, scheduling, sending
from newsletters.services import audience as audiences

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """What has been done and what is left to do, each with its way on."""
    issue = _issue(pk)
    if issue.state not in (Issue.State.DRAFT, Issue.State.SCHEDULED):
        return redirect("newsletters:progress", pk)
    context = _steps(issue) | {
        "able": approvals.candidates(issue),
        "approved_before": issue.approvals.exists(),
        "left": issue.scheduled_at and moments.left(issue.scheduled_at),
    }
    return render(request, "newsletters/send.html", context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_now(request: StaffRequest, pk: int) -> HttpResponse:
    """GET asks once more; POST sends."""
    issue = _issue(pk)
    if issue.state != Issue.State.DRAFT:
        return redirect("newsletters:progress", pk)
    if request.method == "POST":
        try:
            scheduling.send_now(by=request.user, issue=issue)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("newsletters:send", pk)
        messages.success(request, _("The issue is on its way."))
        return redirect("newsletters:progress", pk)
    return _if_ready(request, "newsletters/send_now.html", _steps(issue))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: StaffRequest, pk: int) -> HttpResponse:
    """A day and a time; then, with `sure`, it waits for them."""
    issue = _issue(pk)
    if issue.state != Issue.State.DRAFT:
        return redirect("newsletters:progress", pk)
    form = TimeForm(posted(request))
    valid = request.method == "POST" and form.is_valid()
    if valid and "sure" in request.POST:
        try:
            scheduling.schedule(by=request.user, issue=issue, at=form.at)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The issue is scheduled."))
        return redirect("newsletters:send", pk)
    context = _steps(issue) | {"form": form, "at": form.at if valid else None}
    return _if_ready(
        request, "newsletters/schedule.html", context, 422 if form.errors else 200
    )


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def reschedule(request: StaffRequest, pk: int) -> HttpResponse:
    """In one step: it goes on waiting, now for another time."""
    issue = _issue(pk)
    if not issue.scheduled_at or issue.state != Issue.State.SCHEDULED:
        return redirect("newsletters:send", pk)
    now = timezone.localtime(issue.scheduled_at, moments.CLOCKS)
    form = TimeForm(posted(request), initial={"day": now.date(), "time": now.time()})
    if request.method == "POST" and form.is_valid():
        try:
            scheduling.reschedule(by=request.user, issue=issue, at=form.at)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The time is changed."))
        return redirect("newsletters:send", pk)
    context = {"issue": issue, "form": form}
    status = 422 if form.errors else 200
    return render(request, "newsletters/reschedule.html", context, status=status)


@manage_only
@require_POST
def unschedule(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        scheduling.unschedule(by=request.user, issue=_issue(pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The issue is a draft again."))
    return redirect("newsletters:send", pk)


@manage_only
@require_safe
def audience(request: StaffRequest, pk: int) -> HttpResponse:
    """How many by language and sector, and by name who will not get it and why."""
    issue = _issue(pk)
    why = request.GET.get("why", "")
    chosen = why if why in [code.value for code in audiences.OUT] else ""
    rows = audiences.left_out(issue.newsletter, chosen)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.reason = audiences.Why(row.why).label
    context = {
        "issue": issue,
        "audience": audiences.count(issue.newsletter),
        "page": page,
        "chosen": chosen,
    }
    return render(request, "newsletters/audience.html", context)


def _steps(issue: Issue) -> dict[str, Any]:
    return {
        "issue": issue,
        "obstacles": list(sending.obstacles(issue)),
        "approval": approvals.current(issue),
        "audience": audiences.count(issue.newsletter),
    }


def _if_ready(
    request: StaffRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The last page before it goes; back to the steps where one is not done."""
    if context["obstacles"] or not context["approval"]:
        messages.error(request, _("Something is still to be done before it can go."))
        return redirect("newsletters:send", context["issue"].pk)
    return render(request, template, context, status=status)


def _issue(pk: int) -> Issue:
    issues = Issue.objects.select_related("newsletter__study", "release")
    return get_object_or_404(issues, pk=pk)
