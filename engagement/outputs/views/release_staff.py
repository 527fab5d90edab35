"""Staff put a release together."""

from django.contrib import messages
from django.core.paginator import Paginator
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
from engagement.core.errors import Refused
from engagement.outputs import companions
from engagement.outputs.models import Output, Release, ReleaseItem
from engagement.outputs.release_forms import AddEditionForm, ReleaseForm
from engagement.outputs.services import publishing, release_approvals, releases

manage_only = requires("outputs.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    """Every release; the next ones and drafts before those that are out."""
    coming = Release.objects.coming().select_related("study")
    rows = Release.objects.select_related("study")
    drafts = rows.filter(state=Release.State.DRAFT).order_by("-pk")
    over = rows.filter(state__in=(Release.State.PUBLISHED, Release.State.CANCELLED))
    page = Paginator(over.order_by("-published_at", "-pk"), 50)
    context = {
        "coming": coming,
        "drafts": drafts,
        "page": page.get_page(request.GET.get("page")),
    }
    return render(request, "outputs/releases/manage.html", context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    form = ReleaseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        release = releases.create(by=request.user, fields=form.cleaned_data)
        messages.success(request, _("The release is saved. Now add what goes out."))
        return redirect("outputs:prepare_release", release.slug)
    status = 422 if form.errors else 200
    return render(request, "outputs/releases/edit.html", {"form": form}, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    release = get_object_or_404(Release, slug=slug)
    form = ReleaseForm(posted(request), instance=release)
    if request.method == "POST" and form.is_valid():
        try:
            releases.update(by=request.user, release=release, fields=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("outputs:prepare_release", slug)
    context = {"form": form, "release": release}
    status = 422 if form.errors else 200
    return render(request, "outputs/releases/edit.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: StaffRequest, slug: str) -> HttpResponse:
    """All that has been done for it and is left to do; POST adds an edition."""
    release = get_object_or_404(Release.objects.select_related("study"), slug=slug)
    form = AddEditionForm(posted(request), release=release)
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.cleaned_data["edition"]
            releases.add_edition(by=request.user, release=release, edition=edition)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The edition is added."))
            return redirect("outputs:prepare_release", slug)
    approved = release_approvals.holds(release)
    context = {
        "release": release,
        "form": form,
        "items": release.items.select_related("edition__output"),
        "companions": companions.of(release),
        "obstacles": [] if release.is_out else publishing.obstacles(release),
        "held": publishing.WHY.get(release.held_reason),
        "approved": approved,
        "changes": release.changes.all(),
        "access_count": release.pre_release_access.in_list().count(),
    }
    status = 422 if form.errors else 200
    return render(request, "outputs/releases/prepare.html", context, status=status)


@manage_only
@require_POST
def remove_edition(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    items = ReleaseItem.objects.select_related("edition__output")
    item = get_object_or_404(items, pk=pk, release__slug=slug)
    try:
        releases.remove_edition(by=request.user, item=item)
        messages.success(request, _("The edition is taken out."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("outputs:prepare_release", slug)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: StaffRequest, slug: str) -> HttpResponse:
    """GET asks once more; POST deletes a draft."""
    release = get_object_or_404(Release, slug=slug)
    if request.method == "POST":
        try:
            releases.discard(by=request.user, release=release)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("outputs:prepare_release", slug)
        messages.success(request, _("The draft is deleted."))
        return redirect("outputs:manage_releases")
    return render(request, "outputs/releases/discard.html", {"release": release})


@manage_only
@require_POST
def of_output(request: StaffRequest, slug: str) -> HttpResponse:
    """From the page of an output to the release that it goes out with."""
    output = get_object_or_404(Output, slug=slug)
    try:
        release = releases.for_output(by=request.user, output=output)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("outputs:edit", slug)
    return redirect("outputs:prepare_release", release.slug)
