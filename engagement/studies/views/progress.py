"""Milestones and policy changes: staff write them, members read them at a review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.studies.forms_progress import MilestoneForm, PolicyChangeForm
from engagement.studies.models import Milestone, PolicyChange, Study
from engagement.studies.services import progress

form_page = require_http_methods(["GET", "HEAD", "POST"])
manage_only = requires("studies.manage_progress")


@manage_only
@form_page
def add_milestone(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = MilestoneForm(posted(request))
    if request.method == "POST" and form.is_valid():
        progress.add_milestone(by=request.user, study=study, fields=form.cleaned_data)
        messages.success(request, _("The milestone is on the page of the study."))
        return redirect(study)
    context = {"study": study, "form": form}
    return _page(request, "studies/edit_milestone.html", context, form)


@manage_only
@form_page
def edit_milestone(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    milestone = _milestone(slug, pk)
    now = {name: getattr(milestone, name) for name in MilestoneForm.base_fields}
    form = MilestoneForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        progress.change_milestone(
            by=request.user, milestone=milestone, fields=form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect(milestone.study)
    context = {"study": milestone.study, "form": form, "milestone": milestone}
    return _page(request, "studies/edit_milestone.html", context, form)


@manage_only
@require_POST
def settle_milestone(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    milestone, done = _milestone(slug, pk), request.POST.get("done") == "yes"
    progress.settle(by=request.user, milestone=milestone, done=done)
    messages.success(request, _("Saved."))
    return redirect(milestone.study)


@requires("studies.view_metrics")
@require_safe
def policy_changes(request: HttpRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    context = {"study": study, "changes": study.policy_changes.all()}
    return render(request, "studies/policy_changes.html", context)


@manage_only
@form_page
def add_policy_change(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = PolicyChangeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        progress.add_policy_change(
            by=request.user, study=study, fields=form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("studies:policy_changes", slug)
    context = {"study": study, "form": form}
    return _page(request, "studies/edit_policy_change.html", context, form)


@manage_only
@form_page
def edit_policy_change(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    rows = PolicyChange.objects.select_related("study")
    change = get_object_or_404(rows, pk=pk, study__slug=slug)
    now = {name: getattr(change, name) for name in PolicyChangeForm.base_fields}
    form = PolicyChangeForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        progress.change_policy_change(
            by=request.user, change=change, fields=form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("studies:policy_changes", slug)
    context = {"study": change.study, "form": form, "change": change}
    return _page(request, "studies/edit_policy_change.html", context, form)


def _milestone(slug: str, pk: int) -> Milestone:
    rows = Milestone.objects.select_related("study")
    return get_object_or_404(rows, pk=pk, study__slug=slug)


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    form: MilestoneForm | PolicyChangeForm,
) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)
