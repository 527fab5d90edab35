"""From a draft to what became of each delivery."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import deliveries, sending

manage_only = requires("newsletters.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """GET says how many will get it; POST sends."""
    issue = _issue(pk)
    if issue.state != Issue.State.DRAFT:
        return redirect("newsletters:progress", pk)
    if request.method == "POST":
        try:
            sending.start(by=request.user, issue=issue)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("newsletters:send", pk)
        messages.success(request, _("The issue is on its way."))
        return redirect("newsletters:progress", pk)
    subscribers = Subscription.objects.in_force().filter(newsletter=issue.newsletter)
    context = {
        "issue": issue,
        "obstacles": list(sending.obstacles(issue)),
        "recipients": subscribers.count(),
    }
    return render(request, "newsletters/send.html", context)


@manage_only
@require_safe
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The sum of an issue, live while it is being sent."""
    issue = _issue(pk)
    if issue.state == Issue.State.DRAFT:
        return redirect("newsletters:edit_issue", pk)
    balance = deliveries.balance(issue)
    context = {"issue": issue, "balance": balance, "lines": _lines(balance)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "newsletters/_progress.html", context)
    context["named"] = issue.deliveries.filter(
        state__in=["rejected", "unknown", "deferred"]
    ).order_by("state", "address")[:500]
    return render(request, "newsletters/progress.html", context)


def _lines(balance: deliveries.Balance) -> list[tuple[str, int, bool]]:
    """Label, count and whether it is settled, in the order of the ledger."""
    return [
        (str(state.label), balance.counts[state], state in Delivery.SETTLED)
        for state in Delivery.State
        if balance.counts[state] or state in Delivery.SETTLED
    ]


def _issue(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("newsletter__study"), pk=pk)
