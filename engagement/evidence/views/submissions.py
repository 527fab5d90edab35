from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.errors import Refused
from engagement.evidence import graph
from engagement.evidence.forms.entry import EntryForm
from engagement.evidence.forms.listing import SubmissionsForm
from engagement.evidence.forms.telling import DeclineForm
from engagement.evidence.graph import Ref
from engagement.evidence.models import Submission
from engagement.evidence.services import submissions
from engagement.evidence.views.register import (
    PER_PAGE,
    entered,
    form_page,
    manage_only,
    saved,
    shown,
)


@manage_only
@require_safe
def list_all(request: StaffRequest) -> HttpResponse:
    form = SubmissionsForm(request.GET)
    rows = Submission.objects.select_related("study").in_order()
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    context = {"form": form, "page": page}
    return render(request, "evidence/submissions.html", context, status=status)


@manage_only
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, _get(pk), DeclineForm())


@manage_only
@form_page
def take_up(request: StaffRequest, pk: int) -> HttpResponse:
    """An entry of the register, begun with what was told."""
    found = _get(pk)
    form = EntryForm(posted(request), initial=_known(found))
    if form.is_valid():
        try:
            use = submissions.take_up(
                by=request.user, submission=found, fields=entered(request, form)
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return saved(request, use)
    return shown(request, form, {"submission": found})


@manage_only
@require_POST
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    found, form = _get(pk), DeclineForm(request.POST)
    if form.is_valid():
        try:
            submissions.decline(by=request.user, submission=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is declined."))
            return redirect("evidence:submission", pk)
    return _shown(request, found, form)


def _get(pk: int) -> Submission:
    rows = Submission.objects.select_related("study", "use")
    return get_object_or_404(rows, pk=pk)


def _known(row: Submission) -> dict[str, Any]:
    """In the language that it was told in; staff write the other."""
    words = {"description": row.text, "user": row.body, "decision": row.decision[:200]}
    there = {f"{name}_{row.language}": text for name, text in words.items()}
    return {"study": row.study_id, "sector": row.sector, **there}


def _shown(request: StaffRequest, row: Submission, form: DeclineForm) -> HttpResponse:
    page = graph.find(Ref(row.page_kind, row.page_id), request.user)
    context = {"submission": row, "page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, "evidence/submission.html", context, status=status)
