"""What has been said before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, shown
from newsletters.checking.findings import HINT, WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.models import PUBLIC_STATES, Article, IssueArticle


def check(loaded: Loaded) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Article] = {}
    for article in loaded.articles:
        for text in loaded.texts_of(article):
            for lang in filter(text.typed, LANGUAGES):
                key = (text.field, lang, text.typed(lang).casefold())
                other = first.setdefault(key, article)
                if other is not article:
                    sentence = _("The same words stand in “%(title)s”.")
                    named = {"title": shown(other, "title").text}
                    yield text.found("words.twice", WARN, sentence % named, lang)
    yield from _sent_before(loaded)


def _sent_before(loaded: Loaded) -> Iterator[Finding]:
    articles = {article.pk: article for article in loaded.articles}
    places = IssueArticle.objects.filter(
        article__in=articles,
        issue__state__in=PUBLIC_STATES,
        issue__newsletter=loaded.issue.newsletter,
    )
    for place in places.exclude(issue=loaded.issue).select_related("issue"):
        sentence = _("Subscribers have had this article, in “%(title)s”.")
        named = {"title": shown(place.issue, "title").text}
        article = articles[place.article_id]
        yield loaded.found("article.again", HINT, sentence % named, article, "title")
