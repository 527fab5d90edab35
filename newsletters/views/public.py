"""What anybody may read."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.core.bilingual import active
from engagement.metrics.services import hits
from newsletters import queries
from newsletters.models import PUBLIC_STATES, Article, Issue, Newsletter, Picture
from newsletters.services import mail_pictures

# Pixels of a picture's width on a page.
BROADEST = 1200


@public
@require_safe
def list_newsletters(request: HttpRequest) -> HttpResponse:
    newsletters = Newsletter.objects.select_related("study")
    return render(request, "newsletters/list.html", {"newsletters": newsletters})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The newsletter with its archive."""
    found = get_object_or_404(Newsletter.objects.select_related("study"), slug=slug)
    context = {"newsletter": found, "years": queries.archive(found)}
    return render(request, "newsletters/detail.html", context)


@public
@require_safe
def issue(request: HttpRequest, newsletter: str, slug: str) -> HttpResponse:
    """The web version of an issue; reading it is counted unless its newsletter forbids
    it."""
    issues = queries.with_times(Issue.objects.visible_to(request.user))
    found = get_object_or_404(
        issues.select_related("newsletter__study"),
        newsletter__slug=newsletter,
        slug=slug,
    )
    if found.state in PUBLIC_STATES and (
        found.newsletter.privacy != Newsletter.Privacy.NONE
    ):
        hits.record(
            request,
            target_kind="issue",
            target_id=found.pk,
            study_id=found.newsletter.study_id,
        )
    context = {
        "issue": found,
        "articles": [_with_pictures(each) for each in queries.articles(found)],
        "corrections": found.corrections.all(),
        "documents": queries.documents(found),
    }
    return render(request, "newsletters/issue.html", context)


@public
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article in full; reading it is counted unless every newsletter forbids it."""
    articles = Article.objects.filter(
        pk__in=Article.objects.visible_to(request.user).values("pk")
    )
    found = get_object_or_404(
        queries.with_parts(queries.with_out_at(articles)).select_related("study"),
        slug=slug,
    )
    if _counting(found).exists():
        hits.record(
            request,
            target_kind="article",
            target_id=found.pk,
            study_id=found.study_id,
        )
    _found, pictures, lead = _with_pictures(found)
    context = {
        "article": found,
        "pictures": pictures,
        "lead": lead,
        "changed_at": queries.changed_at(found),
        "issues": _issues(found).select_related("newsletter"),
    }
    return render(request, "newsletters/article.html", context)


def _issues(article: Article) -> QuerySet[Issue]:
    return Issue.objects.public().filter(places__article=article)


def _counting(article: Article) -> QuerySet[Issue]:
    """Those with the article whose newsletters count their readers."""
    return _issues(article).exclude(newsletter__privacy=Newsletter.Privacy.NONE)


def _with_pictures(
    article: Article,
) -> tuple[Article, dict[str, mail_pictures.Placed], mail_pictures.Placed | None]:
    """With what its texts may show, and the picture above them."""
    pictures = mail_pictures.of_article(article, active(), BROADEST, _path)
    return article, pictures, mail_pictures.lead_picture(article, pictures)


def _path(picture: Picture) -> str:
    return mail_pictures.path(picture.upload)
