"""The pack of a meeting, and what the study reached since the group last met."""

import logging

from django.contrib import messages
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import check, requires
from engagement.groups import since
from engagement.groups.models import Group, Meeting, Pack
from engagement.groups.services import packs, reading

logger = logging.getLogger(__name__)
AT_WORK = {Pack.State.WAITING, Pack.State.MAKING}


@requires("accounts.sign_in")
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is in each language, live while it is being made."""
    in_order = Prefetch("packs", Pack.objects.order_by("-language"))
    meetings = Meeting.objects.select_related("group", "event")
    meeting = get_object_or_404(meetings.prefetch_related(in_order), pk=pk)
    check(request, "groups.read_meeting", meeting)
    found = list(meeting.packs.all())
    context = {
        "meeting": meeting,
        "packs": [(pack, packs.REASONS.get(pack.reason, "")) for pack in found],
        "at_work": any(pack.state in AT_WORK for pack in found),
    }
    part = request.htmx  # type: ignore[attr-defined]
    page = "groups/_packs.html" if part else "groups/pack.html"
    return render(request, page, context)


@requires("groups.manage")
@require_POST
def make(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, pk=pk)
    packs.ask(by=request.user, meeting=meeting)
    messages.success(request, _("The pack is being made in both languages."))
    return redirect("groups:pack", pk)


@requires("accounts.sign_in")
@require_safe
def file(request: HttpRequest, pk: int, lang: str) -> HttpResponseBase:
    """The PDF; 403 for whoever does not sit in the group. Opening it is reading its
    papers."""
    found = get_object_or_404(
        Pack.objects.select_related("meeting__group").exclude(file=""),
        meeting=pk,
        language=lang,
    )
    check(request, "groups.read_meeting", found.meeting)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("Pack %s is not on the disk.", found.pk)
        raise Http404 from error
    if request.method == "GET":
        reading.pack_opened(request.user, found)  # type: ignore[arg-type]
    name = f"{found.meeting.group.slug}-{found.meeting_id}-{lang}.pdf"
    return FileResponse(
        content, as_attachment=True, filename=name, content_type="application/pdf"
    )


@requires("accounts.sign_in")
@require_safe
def reached(request: HttpRequest, slug: str) -> HttpResponse:
    groups = Group.objects.select_related("study")
    group = get_object_or_404(groups, slug=slug)
    check(request, "groups.view_papers", group)
    context = {"group": group, "reached": since.reached(group)}
    return render(request, "groups/reached.html", context)
