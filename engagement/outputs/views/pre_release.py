"""Access before a release: staff give it, and whoever has it reads by their link."""

import logging
from typing import TypeVar

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import limits
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.outputs.models import Edition, PreReleaseAccess, Release
from engagement.outputs.release_forms import AccessForm
from engagement.outputs.services import pre_release as service
from engagement.outputs.services.release_dates import CLOCK

Answer = TypeVar("Answer", bound=HttpResponseBase)
logger = logging.getLogger(__name__)
manage_only = requires("outputs.manage")
# Wrong links of one machine in an hour.
PER_CLIENT = 20


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: StaffRequest, slug: str) -> HttpResponse:
    """Who has access, who never used it, and a form to give it to one more."""
    release = get_object_or_404(Release, slug=slug)
    form = AccessForm(posted(request), initial=_usual(release))
    if form.is_valid():
        try:
            access = service.give(
                by=request.user, release=release, fields=form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Access is given, and the link is mailed."))
            if service.is_early(access):
                early = _(
                    "It begins more than 24 hours before the release: for official "
                    "statistics that is too early."
                )
                messages.warning(request, early)
            return redirect("outputs:pre_release_access", slug)
    given = release.pre_release_access.select_related("release", "given_by")
    rows = [(access, service.is_early(access)) for access in given]
    context = {"release": release, "form": form, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "outputs/releases/access.html", context, status=status)


@manage_only
@require_POST
def revoke(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    rows = PreReleaseAccess.objects.filter(release__slug=slug)
    service.revoke(by=request.user, access=get_object_or_404(rows, pk=pk))
    messages.success(request, _("Access is taken back: the link opens nothing now."))
    return redirect("outputs:pre_release_access", slug)


@public
@require_safe
@never_cache
def read(request: HttpRequest, token: str) -> HttpResponse:
    """All of the release, and what its reader has promised."""
    try:
        access = service.find(token)
    except Refused as refused:
        return _refused(request, refused)
    if request.method == "GET":
        service.used(access=access)
    release = access.release
    editions = Edition.objects.filter(release_item__release=release)
    context = {
        "access": access,
        "release": release,
        "editions": editions.select_related("output").prefetch_related("files"),
        "token": token,
    }
    return _private(render(request, "outputs/releases/read.html", context))


@public
@require_safe
@never_cache
def read_file(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    try:
        access = service.find(token)
    except Refused as refused:
        return _refused(request, refused)
    file = get_object_or_404(service.files(access), pk=pk)
    try:
        content = file.upload.open("rb")
    except FileNotFoundError as error:
        logger.exception("File %s is not on the disk.", file.pk)
        raise Http404 from error
    if request.method == "GET":
        service.used(access=access)
    return _private(
        FileResponse(
            content,
            as_attachment=True,
            filename=file.name,
            content_type=file.content_type,
        )
    )


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if not limits.within("pre-release", request.META["REMOTE_ADDR"], PER_CLIENT):
        return limits.too_many(request)
    context = {"error": str(refused)}
    template = "outputs/releases/bad_link.html"
    return render(request, template, context, status=404)


def _private(answer: Answer) -> Answer:
    """Found by nobody, and no address of it is told to other sites."""
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _usual(release: Release) -> dict[str, object]:
    """The 24 hours before it, by the clocks of Wales."""
    if release.publish_at is None:
        return {}
    at = localtime(release.publish_at, CLOCK).replace(tzinfo=None)
    return {"starts_at": at - service.USUAL, "ends_at": at}
