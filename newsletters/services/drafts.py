"""Links by which testers read a draft without an account: each is for one issue and the
articles in it, and runs out with the test."""

import re
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from engagement.core import tokens
from engagement.core.bilingual import LANGUAGES
from newsletters.models import PUBLIC_STATES, Article, Issue

SCOPE = "draft"
LASTS = timedelta(days=14)


def read(token: str) -> int:
    """The number of the issue that the link opens. Raises BadToken."""
    number: int = tokens.read(SCOPE, token, LASTS)
    return number


def opened(text: str, issue: Issue) -> str:
    """The text with its links to what only managers may read leading to the draft; all
    are of one token, so none outlives the others."""
    known = _addresses(issue)
    if not known:
        return text
    # Longer ones first, and none where it is but the beginning of another address.
    found = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.sub(rf"(?:{found})(?![\w/-])", lambda link: known[link[0]], text)


def _addresses(issue: Issue) -> dict[str, str]:
    """Where each is read by everybody one day, and where by the holder of a link."""
    if issue.state in PUBLIC_STATES:
        return {}
    token = tokens.make(SCOPE, issue.pk)
    articles = Article.objects.filter(places__issue=issue).exclude(
        places__issue__state__in=PUBLIC_STATES
    )
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[_of(issue)] = _link("draft_issue", token)
            for article in articles:
                found[_of(article)] = _link("draft_article", token, article.slug)
    return found


def _of(thing: Issue | Article) -> str:
    return settings.SITE_URL + thing.get_absolute_url()


def _link(page: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(f"newsletters:{page}", args=arguments)
