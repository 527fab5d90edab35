"""What the checks find in an issue, and letting differences of the languages pass."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters import checking
from newsletters.checking import Finding, elsewhere, loading, reading
from newsletters.forms.checks import OverrideForm
from newsletters.models import Issue
from newsletters.services import approvals, link_checks, overrides

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def show(request: StaffRequest, pk: int) -> HttpResponse:
    context = _page(request, _issue(pk)) | {"form": OverrideForm()}
    return render(request, "newsletters/checks.html", context)


@manage_only
@require_POST
def override(request: StaffRequest, pk: int) -> HttpResponse:
    """A second person lets the differences of the languages pass."""
    issue = _issue(pk)
    form = OverrideForm(request.POST)
    if form.is_valid():
        try:
            overrides.give(by=request.user, issue=issue, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The differences may pass, as they are now."))
            return redirect("newsletters:checks", pk)
    context = _page(request, issue) | {"form": form}
    return render(request, "newsletters/checks.html", context, status=422)


@manage_only
@require_POST
def check_links(request: StaffRequest, pk: int) -> HttpResponse:
    link_checks.ask(by=request.user, issue=_issue(pk))
    said = _("The links are being looked at. Come back in a minute or two.")
    messages.success(request, said)
    return redirect("newsletters:checks", pk)


def _page(request: StaffRequest, issue: Issue) -> dict[str, Any]:
    loaded = loading.load(issue)
    found = checking.examine(loaded)
    addresses = elsewhere.addresses(loaded)
    rows = elsewhere.kept(addresses)
    passed = checking.override_of(issue)
    blocks = checking.still_blocking(found, passed)
    differ = any(finding.is_blocking_parity for finding in blocks)
    is_draft = issue.state == Issue.State.DRAFT
    return {
        "issue": issue,
        "groups": _groups(found),
        "blocks": blocks,
        "differ": differ and is_draft,
        "is_own": differ and request.user.pk in approvals.writers(issue),
        "passed": passed,
        "overrides": list(issue.overrides.select_related("by")),
        "links": [(address, rows.get(address)) for address in addresses],
        "measures": list(reading.measures(loaded)),
    }


def _groups(found: list[Finding]) -> list[list[Finding]]:
    """By the thing they are about, what blocks first."""
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(finding.place.article, []).append(finding)
    return list(groups.values())


def _issue(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("newsletter__study"), pk=pk)
