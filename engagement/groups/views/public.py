import logging
from pathlib import PurePath

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.core import uploads
from engagement.core.access import check, public, requires
from engagement.groups.models import Group, Membership, Paper

logger = logging.getLogger(__name__)


@public
@require_safe
def list_groups(request: HttpRequest) -> HttpResponse:
    groups = Group.objects.select_related("study")
    return render(request, "groups/list.html", {"groups": groups})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """That it exists, what it does, that it has met, what it has decided.

    Names and papers are for its members; the public sees seats and bodies.
    """
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    now_seated = Membership.objects.filter(ended_on__isnull=True)
    meetings = group.meetings.select_related("event").order_by("-event__starts_at")
    context = {
        "group": group,
        "inside": request.user.has_perm("groups.view_papers", group),
        "seats": group.seats.select_related("organisation").prefetch_related(
            Prefetch(
                "memberships", now_seated.select_related("person"), to_attr="sitting"
            )
        ),
        "meetings": meetings.prefetch_related("papers", "decisions"),
        "now": timezone.now(),
    }
    return render(request, "groups/detail.html", context)


@requires("accounts.sign_in")
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; 403 for whoever does not sit in the group."""
    found = get_object_or_404(Paper.objects.select_related("meeting__group"), pk=pk)
    check(request, "groups.view_papers", found.meeting.group)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("Paper %s is not on the disk.", found.pk)
        raise Http404 from error
    name = PurePath(found.file.name or "").name
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type=uploads.TYPES[uploads.extension(name)],
    )
