"""Who stands for a study, and what may go wrong with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.studies.forms_standing import BeginForm, EndForm
from engagement.studies.models import Ownership, Study
from engagement.studies.services import ownerships

manage_only = requires("studies.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@require_safe
def show(request: StaffRequest, slug: str) -> HttpResponse:
    """Roles now and before, then the risks: open ones first."""
    study, today = get_object_or_404(Study, slug=slug), timezone.localdate()
    rows = study.ownerships.select_related("person").order_by("-started_on", "-pk")
    held = [row for row in rows if row.ended_on is None or row.ended_on > today]
    now = {row.role for row in rows.on(today)}
    risks = study.risks.select_related("owner")
    context = {
        "study": study,
        "today": today,
        "held": held,
        "before": [row for row in rows if row not in held],
        "vacant": [role.label for role in Ownership.Role if role not in now],
        "open": risks.open(),
        "closed": risks.exclude(closed_at=None).order_by("-closed_at", "-pk"),
    }
    return render(request, "studies/ownership.html", context)


@manage_only
@form_page
def begin(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = BeginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ownerships.begin(by=request.user, study=study, **form.cleaned_data)
        except (ownerships.Taken, ownerships.BeforeItBegan) as refused:
            form.add_error("started_on", str(refused))
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The role is on record."))
            return redirect("studies:ownership", slug)
    context = {"study": study, "form": form}
    status = 422 if form.errors else 200
    return render(request, "studies/begin_ownership.html", context, status=status)


@manage_only
@form_page
def end(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Ownership.objects.select_related("study", "person")
    row = get_object_or_404(rows, pk=pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ownerships.end(by=request.user, ownership=row, on=form.cleaned_data["on"])
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("It has ended: the vacancy is now a risk."))
            return redirect("studies:ownership", row.study.slug)
    context = {"study": row.study, "row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "studies/end_ownership.html", context, status=status)
