"""Events for calendars and feed readers; what has not changed is not sent again."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from engagement.core import limits
from engagement.core.access import public
from engagement.core.bilingual import active, other, shown
from engagement.core.tokens import BadToken
from engagement.events.forms.listing import FilterForm
from engagement.events.models import Event, Registration
from engagement.events.services import calendar_links, calendars, feeds
from engagement.studies.models import Study

MOST, NEWEST = 500, 50
# Wrong links of one machine in an hour.
PER_CLIENT = 20


@public
@require_safe
@conditional_page
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.in_calendars(), slug=slug)
    answer = _calendar(calendars.of_event(found, active()), [found])
    answer["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer


@public
@require_safe
@conditional_page
def all_events(request: HttpRequest) -> HttpResponse:
    """Filtered as the page is; what is chosen by "when" changes as time passes."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return _not_understood(form)
    events = form.of(Event.objects.in_calendars())[:MOST]
    content = calendars.of_events(events, name=_("Dolen events"), lang=active())
    return _calendar(content, [] if form.cleaned_data["section"] else events)


@public
@require_safe
@conditional_page
def study(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Study, slug=slug)
    events = Event.objects.in_calendars().for_study(found)[:MOST]
    name = shown(found, "title").text
    content = calendars.of_events(events, name=name, lang=active())
    return _calendar(content, events)


@public
@require_safe
@conditional_page
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in a mail: the events of one person, and nobody else's."""
    try:
        person = calendar_links.find(token)
    except BadToken as error:
        if not limits.within("calendar", request.META["REMOTE_ADDR"], PER_CLIENT):
            return limits.too_many(request)
        context = {"error": str(error)}
        return render(request, "events/bad_link.html", context, status=404)
    registrations = Registration.objects.for_calendar_of(person)
    content = calendars.of_person(
        registrations, name=_("My Dolen events"), lang=active()
    )
    answer = _calendar(content, [])
    patch_cache_control(answer, private=True)
    return answer


@public
@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    if not form.is_valid():
        return _not_understood(form)
    twin = f"/{other(active())}{request.get_full_path().removeprefix(f'/{active()}')}"
    events = form.of(Event.objects.listed()).order_by("-updated_at", "pk")[:NEWEST]
    feed = feeds.of_events(events, path=request.get_full_path(), twin=twin)
    answer = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    if not form.cleaned_data["section"]:
        answer["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return answer


def _not_understood(form: FilterForm) -> HttpResponse:
    return HttpResponse(form.errors.as_text(), content_type="text/plain", status=422)


def _calendar(content: bytes, events: Iterable[Event]) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    if moments := [event.updated_at.timestamp() for event in events]:
        answer["Last-Modified"] = http_date(max(moments))
    return answer
