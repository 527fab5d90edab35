"""What a draft will look like, and what became of each delivery."""

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.mail.views import MAIL_POLICY
from newsletters.models import Delivery, Issue
from newsletters.services import deliveries, rendering, sending, stopping

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """As a subscriber will get it: subject, HTML and text, either language first."""
    issue = _issue(pk)
    first = "cy" if request.GET.get("first") == "cy" else "en"
    context = {
        "issue": issue,
        "first": first,
        "rendered": rendering.render(issue, language=first),
        "obstacles": list(sending.obstacles(issue)),
    }
    return render(request, "newsletters/preview.html", context)


@manage_only
@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]
def preview_html(request: StaffRequest, pk: int, first: str) -> HttpResponse:
    """The mail's own HTML, for a frame."""
    language = "cy" if first == "cy" else "en"
    return HttpResponse(rendering.render(_issue(pk), language=language).html)


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
    context = {"issue": issue, "balance": balance, "lines": _lines(balance)}
    context["can_take_back"] = stopping.can_take_back(issue)
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
