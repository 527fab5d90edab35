"""What is printed for the day, as PDF."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core import pdf
from engagement.core.access import requires
from engagement.core.bilingual import active
from engagement.events.models import Event
from engagement.events.services import papers


@requires("events.manage")
@never_cache
@require_safe
def sheet(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    return _answer(request, event, "sign-in-sheet", lambda: papers.sheet(event))


@requires("events.manage")
@never_cache
@require_safe
def badges(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    part = _part(request, event, papers.BADGES)
    return _answer(request, event, "badges", lambda: papers.badges(event, part))


@requires("events.manage")
@never_cache
@require_safe
def tickets(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    part = _part(request, event, papers.TICKETS)
    return _answer(request, event, "tickets", lambda: papers.all_tickets(event, part))


def _part(request: StaffRequest, event: Event, most: int) -> int:
    asked = request.GET.get("part", "1")
    there = papers.parts(event.registrations.live().count(), most)
    if asked not in {str(part.number) for part in there}:
        raise Http404
    return int(asked)


def _answer(
    request: StaffRequest, event: Event, name: str, make: Callable[[], bytes]
) -> HttpResponse:
    try:
        content = make()
    except pdf.NoPdf as refused:
        messages.error(request, str(refused))
        return redirect("events:door", event.slug)
    return file(content, f"{event.slug}-{name}-{active()}.pdf")


def file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
