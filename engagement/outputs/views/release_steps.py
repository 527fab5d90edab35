"""The steps of a release between its draft and its coming out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.outputs.models import Release
from engagement.outputs.release_forms import ApproveForm, DateForm, ReasonForm
from engagement.outputs.services import (
    publishing,
    release_approvals,
    release_dates,
    release_words,
)

manage_only = requires("outputs.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: StaffRequest, slug: str) -> HttpResponse:
    """Announces its month or its day, or changes it for a reason."""
    release = get_object_or_404(Release, slug=slug)
    if release.is_out:
        return redirect("outputs:prepare_release", slug)
    form = DateForm(posted(request), release=release)
    if form.is_valid():
        try:
            _announce(request, release, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The date is announced."))
            return redirect("outputs:prepare_release", slug)
    return _page(request, "date", release, {"form": form})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, slug: str) -> HttpResponse:
    """The page says what becomes of it; POST cancels with a reason."""
    release = get_object_or_404(Release, slug=slug)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            release_dates.cancel(by=request.user, release=release, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The release is cancelled."))
            return redirect("outputs:prepare_release", slug)
    return _page(request, "cancel", release, {"form": form})


@manage_only
@require_POST
def ask(request: StaffRequest, slug: str) -> HttpResponse:
    release = get_object_or_404(Release, slug=slug)
    try:
        told = release_approvals.submit(by=request.user, release=release)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = _("Asked by mail to approve it. People: %(number)s.")
        messages.success(request, words % {"number": told})
    return redirect("outputs:prepare_release", slug)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: StaffRequest, slug: str) -> HttpResponse:
    """All that goes out, with what changed since it was approved; POST approves what
    was shown."""
    release = get_object_or_404(Release, slug=slug)
    if release.is_out:
        return redirect("outputs:prepare_release", slug)
    words = release_words.snapshot(release)
    digest = release_words.digest(words)
    form = ApproveForm(posted(request), initial={"seen": digest})
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            release_approvals.approve(by=request.user, release=release, seen=seen)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("outputs:approve_release", slug)
        messages.success(request, _("You have approved the release."))
        return redirect("outputs:prepare_release", slug)
    wrote = release_approvals.writers(release) | {release.submitted_by_id}
    context = {
        "form": form,
        "fields": release_words.fields(release.approved_content or None, words),
        "approved": release.approved_digest == digest,
        "own_work": request.user.pk in wrote,
    }
    return _page(request, "approve", release, context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    """GET asks once more; POST brings all of it out now."""
    release = get_object_or_404(Release, slug=slug)
    if request.method == "POST":
        try:
            publishing.publish_now(by=request.user, release=release)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("outputs:prepare_release", slug)
        messages.success(request, _("The release is out."))
        return redirect(release)
    return _page(request, "publish", release, {})


def _announce(request: StaffRequest, release: Release, form: DateForm) -> None:
    data: dict[str, Any] = {"by": request.user, "release": release, **form.reason}
    if form.cleaned_data["precision"] == "month":
        release_dates.plan(month=form.cleaned_data["month"], **data)
    else:
        release_dates.confirm(at=form.cleaned_data["at"], **data)


def _page(
    request: StaffRequest, name: str, release: Release, context: dict[str, Any]
) -> HttpResponse:
    form = context.get("form")
    status = 422 if form and form.errors else 200
    template = f"outputs/releases/{name}.html"
    return render(request, template, {"release": release, **context}, status=status)
