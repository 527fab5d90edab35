"""A draft for whoever holds the link of a test: to read, and nothing of it counts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.core.bilingual import active
from engagement.core.tokens import BadToken
from engagement.metrics.services import hits
from newsletters import queries
from newsletters.models import PUBLIC_STATES, Article, Issue, Picture
from newsletters.services import drafts, mail_pictures
from newsletters.views.preferences import bad_link
from newsletters.views.public import BROADEST


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view of the issue that the link opens, which no search engine keeps."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        try:
            pk = drafts.read(token)
        except BadToken as error:
            return bad_link(request, error)
        issues = Issue.objects.select_related("newsletter")
        answer = view(request, get_object_or_404(issues, pk=pk), token=token, **more)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return public(require_safe(never_cache(opened)))  # type: ignore[return-value]


@by_link
def issue(request: HttpRequest, issue: Issue, *, token: str) -> HttpResponse:
    if issue.state in PUBLIC_STATES:
        return _out(issue)
    articles = [(each, *_pictures(each)) for each in queries.articles(issue)]
    context = {"issue": issue, "articles": articles, "token": token}
    return render(request, "newsletters/draft_issue.html", context)


@by_link
def article(
    request: HttpRequest, issue: Issue, *, token: str, slug: str
) -> HttpResponse:
    rows = queries.articles(issue).select_related("study")
    found = get_object_or_404(rows, slug=slug)
    if issue.state in PUBLIC_STATES:
        return _out(found)
    pictures, lead = _pictures(found)
    context = {"article": found, "pictures": pictures, "lead": lead, "token": token}
    return render(request, "newsletters/draft_article.html", context)


def _out(thing: Issue | Article) -> HttpResponse:
    """Everybody may read it by now; whoever comes from a test still does not count."""
    return redirect(f"{thing.get_absolute_url()}?{hits.test_mark()}")


def _pictures(
    article: Article,
) -> tuple[dict[str, mail_pictures.Placed], mail_pictures.Placed | None]:
    found = mail_pictures.of_article(article, active(), BROADEST, _address)
    return found, mail_pictures.lead_picture(article, found)


def _address(picture: Picture) -> str:
    """The one that a mail program asks, which needs no account, on the page's host."""
    return mail_pictures.address(picture.upload).removeprefix(settings.SITE_URL)
