"""An issue in the words that were approved, whatever became of its articles since.

Nothing of an issue is edited once it is on its way, but its articles are: their pages
are live. What is kept as sent is made from the approval, not from them.
"""

from typing import Any

from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from newsletters import queries
from newsletters.models import Article, Issue
from newsletters.services import approvals, content

# Files and titles of other things, which the approval does not hold.
PUT_BACK_NOT = ("pictures", "links")


class NotAsApproved(Refused):
    """A picture or a link has changed since, and what it was is no longer there."""


def articles(issue: Issue) -> list[Article]:
    """As `queries.articles`, in the approved words, which are put into `issue` too; none
    of it is to be saved. What went without an approval is as it is. Raises
    NotAsApproved."""
    found = list(queries.articles(issue))
    held = approvals.current(issue) or issue.approvals.first()
    if held is None:
        return found
    _put_back(issue, held.content, content.OF_ISSUE)
    by_number = {article.pk: article for article in found}
    return [_as_approved(by_number, words) for words in held.content["articles"]]


def _as_approved(by_number: dict[int, Article], words: dict[str, Any]) -> Article:
    article = by_number.get(words["id"])
    now = content.of_article(article) if article else {}
    if article is None or any(now[kind] != words[kind] for kind in PUT_BACK_NOT):
        raise NotAsApproved(f"article {words['id']} has other pictures or links")
    _put_back(article, words, content.TEXTS)
    return article


def _put_back(thing: Issue | Article, words: dict[str, Any], fields: Any) -> None:
    for field in fields:
        for lang in LANGUAGES:
            setattr(thing, f"{field}_{lang}", words[field][lang])
