"""Feeds; one that has not changed since it was last asked for is not sent again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from engagement.core.access import public
from engagement.core.bilingual import active, other
from engagement.studies.models import Study
from newsletters.models import Newsletter
from newsletters.services import feeds


@public
@require_safe
@conditional_page
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Newsletter, slug=slug)
    return _answer(feeds.of_newsletter(found, path=request.path, twin=_twin(request)))


@public
@require_safe
@conditional_page
def study(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Study, slug=slug)
    return _answer(feeds.of_study(found, path=request.path, twin=_twin(request)))


def _twin(request: HttpRequest) -> str:
    rest = request.path.removeprefix(f"/{active()}/")
    return f"/{other(active())}/{rest}"


def _answer(feed: feeds.Feed) -> HttpResponse:
    answer = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    answer["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return answer
