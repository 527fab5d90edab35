"""The risks of a study."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.studies.forms_standing import CloseForm, GiveForm, RiskForm
from engagement.studies.models import Risk, Study
from engagement.studies.services import risks

manage_only = requires("studies.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@form_page
def add(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = RiskForm(posted(request), initial={"owner": request.user})
    if request.method == "POST" and form.is_valid():
        risks.add(by=request.user, study=study, **form.cleaned_data)
        messages.success(request, _("The risk is on record."))
        return redirect("studies:ownership", slug)
    context = {"study": study, "form": form}
    status = 422 if form.errors else 200
    return render(request, "studies/add_risk.html", context, status=status)


@manage_only
@form_page
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """A risk; it is closed here, with what was done."""
    risk = _risk(pk)
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        risks.close(by=request.user, risk=risk, **form.cleaned_data)
        messages.success(request, _("The risk is closed."))
        return redirect("studies:ownership", risk.study.slug)
    give = GiveForm(initial={"owner": risk.owner_id}, prefix="to")
    context = {"study": risk.study, "risk": risk, "form": form, "give": give}
    status = 422 if form.errors else 200
    return render(request, "studies/risk.html", context, status=status)


@manage_only
@require_POST
def give(request: StaffRequest, pk: int) -> HttpResponse:
    risk = _risk(pk)
    form = GiveForm(request.POST, prefix="to")
    if not form.is_valid():
        context = {"study": risk.study, "risk": risk, "give": form, "form": CloseForm()}
        return render(request, "studies/risk.html", context, status=422)
    risks.give(by=request.user, risk=risk, owner=form.cleaned_data["owner"])
    messages.success(request, _("Saved."))
    return redirect("studies:risk", pk)


def _risk(pk: int) -> Risk:
    return get_object_or_404(Risk.objects.select_related("study", "owner"), pk=pk)
