from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.events import afterwards
from engagement.events.forms.listing import FilterForm
from engagement.events.models import Event

PER_PAGE = 20


@public
@require_safe
def list_events(request: HttpRequest) -> HttpResponse:
    """What comes next, what was, and what was planned and never took place."""
    form = FilterForm(request.GET)
    form.offer_months()
    events = (
        Event.objects.listed()
        .with_counts()
        .in_sections()
        .filter(**form.chosen())
        .select_related("study")
    )
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    context = {"form": form, "page": page, "feeds": _feeds(request)}
    return render(request, "events/list.html", context, status=status)


def _feeds(request: HttpRequest) -> dict[str, str]:
    """Addresses to follow what is chosen on the page."""
    chosen = request.GET.copy()
    chosen.pop("page", None)
    query = f"?{chosen.urlencode()}" if chosen else ""
    file = reverse("events_ics") + query
    host = settings.SITE_URL.partition("://")[2]
    atom = reverse("events_atom") + query
    return {"ics": file, "webcal": f"webcal://{host}{file}", "atom": atom}


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    events = Event.objects.visible_to(request.user).with_counts()
    event = get_object_or_404(
        events.select_related("study", "series", "organiser"), slug=slug
    )
    held = event.status == Event.Status.HELD
    came = afterwards.totals([event])[event.pk] if held else ""
    return render(request, "events/detail.html", {"event": event, "came": came})
