from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from engagement.core.sitemap import Page, add_source, named
from newsletters.models import Article, Issue, Newsletter


def _pages() -> Iterator[Page]:
    yield from named("newsletters:list")
    for newsletter in Newsletter.objects.order_by("slug"):
        yield Page(newsletter.get_absolute_url())
    for issue in Issue.objects.public().select_related("newsletter").order_by("pk"):
        yield Page(issue.get_absolute_url(), issue.updated_at)
    for article in Article.objects.visible_to(AnonymousUser()).order_by("pk"):
        yield Page(article.get_absolute_url(), article.updated_at)


add_source(_pages)
