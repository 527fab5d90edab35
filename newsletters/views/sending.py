"""What became of each delivery."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from newsletters.models import Delivery, Issue
from newsletters.services import deliveries, stopping

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The sum of an issue, live while it is being sent."""
    issue = _issue(pk)
    if issue.state == Issue.State.DRAFT:
        return redirect("newsletters:edit_issue", pk)
    if issue.state == Issue.State.SCHEDULED:
        return redirect("newsletters:send", pk)
    balance = deliveries.balance(issue)
    moving = sum(balance.counts.values()) - balance.settled
    context = {"issue": issue, "balance": balance, "lines": _lines(balance)}
    context["moving"] = moving
    context["missing"] = balance.recipients - balance.settled - moving
    context["unknown"] = balance.counts[Delivery.State.UNKNOWN]
    context["can_take_back"] = stopping.can_take_back(issue)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "newsletters/_progress.html", context)
    context["overrides"] = issue.overrides.select_related("by")
    context["named"] = issue.deliveries.filter(
        Q(state__in=["rejected", "unknown", "deferred"]) | ~Q(bounce="")
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
