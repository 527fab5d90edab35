"""Writing an article."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from newsletters.models import Article, Issue
from newsletters.services import issues, saving, unsaved


def create(*, by: User | None, issue: Issue, fields: Mapping[str, str]) -> Article:
    """A new article at the end of the issue. Raises issues.NotADraft."""
    now = timezone.now()
    with transaction.atomic():
        issue = issues.draft(issue.pk)
        article = Article(
            study=issue.newsletter.study, edited_en_at=now, edited_cy_at=now, **fields
        )
        article.slug = slugs.make(article.title_en)
        article.save()
        unsaved.drop(user=by, kind="new_article", pk=issue.pk)
        issues.place_article(by=by, issue=issue, article=article)
    return article


def update(
    *,
    by: User | None,
    article: Article,
    fields: Mapping[str, str],
    seen: str,
    same: bool = False,
) -> Article:
    """Raises saving.ChangedMeanwhile. An article that is out may be mended: its page is
    live, the mail that went is not. `same` says that the language which is not touched
    still says the same."""
    with transaction.atomic():
        article = held(article)
        saving.save(article, fields, seen=seen, same=same)
        unsaved.drop(user=by, kind="article", pk=article.pk)
        entries.record(by=by, action="article.updated", target=article)
    return article


def held(article: Article) -> Article:
    """Until the end of the transaction: its words, pictures and links change one after
    the other."""
    return Article.objects.select_for_update().get(pk=article.pk)
