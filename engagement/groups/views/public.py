import logging
from pathlib import PurePath

from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.core import uploads
from engagement.core.access import check, public, requires
from engagement.groups.models import Group, Paper
from engagement.groups.queries import seating

logger = logging.getLogger(__name__)


@public
@require_safe
def list_groups(request: HttpRequest) -> HttpResponse:
    groups = Group.objects.select_related("study").with_seat_counts()
    return render(request, "groups/list.html", {"groups": groups})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """That it exists, what it does, that it has met, what it has decided.

    Names and papers are for its members; the public sees seats and bodies.
    """
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    meetings = group.meetings.select_related("event").prefetch_related(
        "papers", "decisions"
    )
    ahead = Q(event__starts_at__gt=timezone.now())
    context = {
        "group": group,
        "inside": request.user.has_perm("groups.view_papers", group),
        "seating": seating(group),
        "coming": meetings.filter(ahead).order_by("event__starts_at"),
        # Also those whose day nobody knows.
        "past": meetings.exclude(ahead).order_by(
            F("event__starts_at").desc(nulls_last=True), "pk"
        ),
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
        content_type=uploads.TYPES.get(uploads.extension(name)),
    )
