"""What anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.metrics.services import hits
from newsletters.models import Article, Issue, Newsletter


@public
@require_safe
def list_newsletters(request: HttpRequest) -> HttpResponse:
    newsletters = Newsletter.objects.select_related("study")
    return render(request, "newsletters/list.html", {"newsletters": newsletters})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(
        Newsletter.objects.select_related("study"), slug=slug
    )
    return render(
        request,
        "newsletters/detail.html",
        {
            "newsletter": newsletter,
            "issues": newsletter.issues.public().select_related("newsletter"),
        },
    )


@public
@require_safe
def issue(request: HttpRequest, newsletter: str, slug: str) -> HttpResponse:
    """The web version of an issue."""
    found = get_object_or_404(
        Issue.objects.visible_to(request.user).select_related("newsletter"),
        newsletter__slug=newsletter,
        slug=slug,
    )
    places = found.places.select_related("article")
    return render(request, "newsletters/issue.html", {"issue": found, "places": places})


@public
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article in full; reading it is counted unless every newsletter forbids it."""
    found = get_object_or_404(
        Article.objects.visible_to(request.user).select_related("study"), slug=slug
    )
    issues = Issue.objects.public().filter(places__article=found)
    counted = issues.exclude(newsletter__privacy=Newsletter.Privacy.NONE)
    if counted.exists():
        hits.record(
            request,
            target_kind="article",
            target_id=found.pk,
            study_id=found.study_id,
        )
    issues = issues.select_related("newsletter")
    return render(
        request, "newsletters/article.html", {"article": found, "issues": issues}
    )
