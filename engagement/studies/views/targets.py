"""Whom a study means to reach."""

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
from engagement.studies.forms_standing import TargetForm
from engagement.studies.models import Study, Target
from engagement.studies.services import targets

manage_only = requires("studies.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@require_safe
def list_targets(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    context = {"study": study, "targets": study.targets.all()}
    return render(request, "studies/targets.html", context)


@manage_only
@form_page
def add(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = TargetForm(posted(request))
    if request.method == "POST" and form.is_valid():
        targets.add(by=request.user, study=study, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("studies:targets", slug)
    return _show(request, study, form)


@manage_only
@form_page
def edit(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    target = get_object_or_404(Target, pk=pk, study=study)
    form = TargetForm(posted(request), instance=target)
    if request.method == "POST" and form.is_valid():
        targets.change(by=request.user, target=target, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("studies:targets", slug)
    return _show(request, study, form)


@manage_only
@require_POST
def remove(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    target = get_object_or_404(Target, pk=pk, study__slug=slug)
    targets.remove(by=request.user, target=target)
    messages.success(request, _("It is taken off the list."))
    return redirect("studies:targets", slug)


def _show(request: StaffRequest, study: Study, form: TargetForm) -> HttpResponse:
    context = {"study": study, "form": form, "target": form.instance}
    status = 422 if form.errors else 200
    return render(request, "studies/edit_target.html", context, status=status)
