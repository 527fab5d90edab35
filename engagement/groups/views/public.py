import logging
from pathlib import PurePath

from django.db.models import Case, F, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core import uploads
from engagement.core.access import check, public, requires
from engagement.groups import page
from engagement.groups.models import Group, Paper
from engagement.groups.queries import seating
from engagement.groups.rules import readable
from engagement.groups.services import reading

logger = logging.getLogger(__name__)


@public
@require_safe
def list_groups(request: HttpRequest) -> HttpResponse:
    """By study, those of none last, and in each the strategic tier first."""
    groups = Group.objects.select_related("study", "parent").with_seat_counts()
    tiers = Case(*(When(tier=t, then=n) for n, t in enumerate(Group.Tier)), default=9)
    studies = F("study__position").asc(nulls_last=True)
    groups = groups.order_by(studies, "study", tiers, "position", "slug")
    return render(request, "groups/list.html", {"groups": groups})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """That it exists, what it does, that it has met, what it has decided.

    All names and the papers of their terms are for its members; the public sees seats,
    bodies and the names of those who agreed.
    """
    group = get_object_or_404(
        Group.objects.select_related("study", "parent"), slug=slug
    )
    inside = request.user.has_perm("groups.view_papers", group)
    own = readable(request.user).filter(group=group).select_related("event")
    latest = F("event__starts_at").desc(nulls_last=True)
    context = {
        "group": group,
        "inside": inside,
        "seating": seating(group),
        "named": page.named(group),
        "coming": page.coming(group),
        "actions": page.owed(group),
        "met": page.met(group),
        "decisions": page.decisions(group),
        "published": set(page.published(group).values_list("pk", flat=True)),
        "own": own.prefetch_related("papers").order_by(latest, "pk"),
        "today": timezone.localdate(),
    }
    return render(request, "groups/detail.html", context)


@public
@require_safe
def minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was said, without what is not for the public; a 404 page until it is out."""
    group = get_object_or_404(Group, slug=slug)
    rows = page.published(group).select_related("event")
    meeting = get_object_or_404(rows, pk=pk)
    context = {
        "group": group,
        "meeting": meeting,
        "met": page.attendance(meeting),
        "items": meeting.items.prefetch_related("notes"),
        "notes": meeting.notes.filter(item=None),
        "decisions": page.decisions(group).filter(meeting=meeting),
    }
    return render(request, "groups/public_minutes.html", context)


@requires("accounts.sign_in")
@require_safe
def paper(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file, noted as opened by whoever may; 403 outside the group and the term."""
    found = get_object_or_404(Paper.objects.select_related("meeting"), pk=pk)
    check(request, "groups.read_meeting", found.meeting)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("Paper %s is not on the disk.", found.pk)
        raise Http404 from error
    if request.method == "GET":
        reading.opened(request.user, found.meeting, [found.pk])
    name = PurePath(found.file.name or "").name
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type=uploads.TYPES.get(uploads.extension(name)),
    )
