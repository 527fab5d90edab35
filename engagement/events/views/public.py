from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.events.forms import FilterForm
from engagement.events.models import Event

PER_PAGE = 20


@public
@require_safe
def list_events(request: HttpRequest) -> HttpResponse:
    """What comes next, what was, and what was planned and never took place."""
    form = FilterForm(request.GET)
    events = (
        Event.objects.listed()
        .in_sections()
        .filter(**form.chosen())
        .select_related("study")
    )
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(
        request, "events/list.html", {"form": form, "page": page}, status=status
    )


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    events = Event.objects.visible_to(request.user).with_counts()
    event = get_object_or_404(events.select_related("study"), slug=slug)
    return render(request, "events/detail.html", {"event": event})
