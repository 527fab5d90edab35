from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.events import figures as presentation
from engagement.events.models import Event


@requires("events.manage")
@require_safe
def figures(request: StaffRequest, slug: str) -> HttpResponse:
    """From the invitation to who was there, and for how long."""
    event = get_object_or_404(Event, slug=slug)
    shown = presentation.of(event)
    context = {
        "event": event,
        "figures": shown.figures,
        "tables": shown.tables,
        "hides": shown.hides,
    }
    return render(request, "events/figures.html", context)
