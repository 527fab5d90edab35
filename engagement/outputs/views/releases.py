"""The release calendar, and the page of each release, for everybody."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from engagement.core.access import public
from engagement.core.bilingual import active, other
from engagement.outputs.models import Edition, Release
from engagement.outputs.services import release_feeds

MOST, NEWEST = 500, 50


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What is coming, what is out, and what was called off."""
    rows = Release.objects.select_related("study").with_changes()
    page = Paginator(rows.out(), 20).get_page(request.GET.get("page"))
    ics = settings.SITE_URL + reverse("outputs:release_calendar")
    context = {
        "coming": rows.coming(),
        "page": page,
        "cancelled": rows.cancelled(),
        "webcal": urlsplit(ics)._replace(scheme="webcal").geturl(),
    }
    return render(request, "outputs/releases/calendar.html", context)


@public
@require_safe
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Before it is out its title, its date and who has access; then all of it."""
    announced = Release.objects.announced().select_related("study").with_changes()
    found = get_object_or_404(announced, slug=slug)
    going = Edition.objects.published().filter(release_item__release=found)
    context = {
        "release": found,
        "editions": going.select_related("output") if found.is_out else [],
        "access": found.pre_release_access.in_list(),
    }
    return render(request, "outputs/releases/release.html", context)


@public
@require_safe
@conditional_page
def ics(request: HttpRequest) -> HttpResponse:
    releases = Release.objects.announced().with_changes()[:MOST]
    content = release_feeds.calendar(releases)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@public
@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    twin = f"/{other(active())}{request.path.removeprefix(f'/{active()}')}"
    releases = Release.objects.out()[:NEWEST]
    feed = release_feeds.news(releases, path=request.path, twin=twin)
    answer = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    answer["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return answer
