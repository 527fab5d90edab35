"""A second person reads an issue and says yes to it, or sees what has changed since."""

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
from newsletters.forms.planning import ApproveForm
from newsletters.models import Issue
from newsletters.services import approvals, comparing, content

manage_only = requires("newsletters.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """All of its words in both languages; POST approves what was shown."""
    issue = _issue(pk)
    if issue.state not in approvals.OPEN:
        return redirect("newsletters:progress", pk)
    words = content.snapshot(issue)
    digest = content.digest_of(words)
    form = ApproveForm(posted(request), initial={"seen": digest})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            approvals.approve(by=request.user, issue=issue, seen=seen)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("newsletters:approve", pk)
        messages.success(request, _("You have approved the issue."))
        return redirect("newsletters:send", pk)
    context = {
        "issue": issue,
        "form": form,
        "fields": [
            field
            for field in comparing.fields(None, words)
            if any(field.pieces.values())
        ],
        "before": issue.approvals.first(),
        "approval": approvals.current(issue),
        "own_work": request.user.pk in approvals.writers(issue),
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/approve.html", context, status=status)


@manage_only
@require_POST
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        told = approvals.ask(by=request.user, issue=_issue(pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = _("Asked by mail to approve it. People: %(number)s.")
        messages.success(request, words % {"number": told})
    return redirect("newsletters:send", pk)


@manage_only
@require_safe
def changes(request: StaffRequest, pk: int) -> HttpResponse:
    """What was approved last, and the words now."""
    issue = _issue(pk)
    approval = issue.approvals.select_related("by").first()
    if approval is None:
        return redirect("newsletters:approve", pk)
    words = content.snapshot(issue)
    every = comparing.fields(approval.content, words)
    context = {
        "issue": issue,
        "approval": approval,
        "holds": content.digest_of(words) == approval.digest,
        "fields": [field for field in every if field.changed],
    }
    return render(request, "newsletters/changes.html", context)


def _issue(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
