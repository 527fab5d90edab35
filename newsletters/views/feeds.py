"""Feeds; one that has not changed since it was last asked for is not sent again.

Asking for one is counted as a hit, changed or not: a reader's program cannot know before.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from engagement.core.access import public
from engagement.core.bilingual import active, other
from engagement.core.feeds import Feed
from engagement.metrics.services import hits
from engagement.studies.models import Study
from newsletters.models import Newsletter
from newsletters.services import feeds


@public
@require_safe
@conditional_page
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Newsletter, slug=slug)
    if found.privacy != Newsletter.Privacy.NONE:
        hits.record(
            request, target_kind="feed", target_id=found.pk, study_id=found.study_id
        )
    return _answer(feeds.of_newsletter(found, path=request.path, twin=_twin(request)))


@public
@require_safe
@conditional_page
def study(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Study, slug=slug)
    # As an article of the study is, unless every newsletter forbids it.
    if found.newsletters.exclude(privacy=Newsletter.Privacy.NONE).exists():
        hits.record(
            request, target_kind="study_feed", target_id=found.pk, study_id=found.pk
        )
    return _answer(feeds.of_study(found, path=request.path, twin=_twin(request)))


def _twin(request: HttpRequest) -> str:
    rest = request.path.removeprefix(f"/{active()}/")
    return f"/{other(active())}/{rest}"


def _answer(feed: Feed) -> HttpResponse:
    answer = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    answer["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return answer
