"""Deliveries whose fate nobody knows, by name, and what a person says of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.unknowns import ReasonForm, SearchForm, SettleForm
from newsletters.models import Delivery, Issue
from newsletters.services import unknowns

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def list_unknowns(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue, pk=pk)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = Paginator(unknowns.of_issue(issue, words), 25)
    page = found.get_page(request.GET.get("page"))
    context = {
        "issue": issue,
        "form": form,
        "words": words,
        "page": page,
        "rows": unknowns.evidence(page),
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/unknowns.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: StaffRequest, pk: int, delivery: int) -> HttpResponse:
    """A person has found out what became of it."""
    form = SettleForm(posted(request))
    done = _("Settled. The audit trail says who decided it and why.")
    return _decide(request, _found(pk, delivery), form, unknowns.settle, done)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: StaffRequest, pk: int, delivery: int) -> HttpResponse:
    """GET says what may come of it; POST has it sent."""
    form = ReasonForm(posted(request))
    done = _("It waits to be sent again, and goes when the issue does.")
    return _decide(request, _found(pk, delivery), form, unknowns.send_again, done)


def _decide(
    request: StaffRequest, delivery: Delivery, form: ReasonForm, verb: Any, done: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            verb(by=request.user, delivery=delivery, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("newsletters:unknowns", delivery.issue_id)
    [(_row, facts)] = unknowns.evidence([delivery])
    context = {"delivery": delivery, "issue": delivery.issue, "facts": facts}
    context |= {"form": form, "again": verb is unknowns.send_again}
    status = 422 if form.errors else 200
    return render(request, "newsletters/decide_unknown.html", context, status=status)


def _found(pk: int, delivery: int) -> Delivery:
    rows = Delivery.objects.select_related("issue", "person")
    return get_object_or_404(rows, pk=delivery, issue=pk)
