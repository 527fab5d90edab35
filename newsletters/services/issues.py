"""Writing an issue: its words, and the order of its articles."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.core.moving import move_row
from newsletters.models import Article, Issue, IssueArticle, Newsletter
from newsletters.services import saving, unsaved


class NotADraft(Refused):
    """What has been sent stays as it was sent."""


class ArticlesChanged(Refused):
    """The order is of other articles than those that are in the issue now."""


def create(
    *, by: User | None, newsletter: Newsletter, fields: Mapping[str, str]
) -> Issue:
    now = timezone.now()
    with transaction.atomic():
        issue = Issue(
            newsletter=newsletter, edited_en_at=now, edited_cy_at=now, **fields
        )
        issue.slug = slugs.make(issue.title_en)
        issue.save()
        unsaved.drop(user=by, kind="new_issue", pk=newsletter.pk)
        entries.record(by=by, action="issue.created", target=issue)
    return issue


def update(
    *,
    by: User | None,
    issue: Issue,
    fields: Mapping[str, str],
    seen: str,
    same: bool = False,
) -> Issue:
    """Raises NotADraft, or saving.ChangedMeanwhile where `seen` is not the last save.
    `same` says that the language which is not touched still says the same."""
    with transaction.atomic():
        issue = draft(issue.pk)
        saving.save(issue, fields, seen=seen, same=same)
        unsaved.drop(user=by, kind="issue", pk=issue.pk)
        entries.record(by=by, action="issue.updated", target=issue)
    return issue


def place_article(
    *, by: User | None, issue: Issue, article: Article, at: int | None = None
) -> None:
    """An article that exists, as number `at` (from 1) or at the end; where it stands
    already, nothing. Raises NotADraft."""
    with transaction.atomic():
        issue = draft(issue.pk)
        order = _order(issue)
        if article.pk in order:
            return
        order.insert(len(order) if at is None else at - 1, article.pk)
        IssueArticle.objects.create(issue=issue, article=article, position=len(order))
        _number(issue, order)
        entries.record(
            by=by, action="issue.article_added", target=issue, article=article.pk
        )


def move_article(*, by: User | None, issue: Issue, article: Article, up: bool) -> None:
    """One place up or down; at the end of the list it stays. Raises NotADraft."""
    with transaction.atomic():
        issue = draft(issue.pk)
        places = list(issue.places.all())
        moved = next(place.pk for place in places if place.article_id == article.pk)
        if move_row(places, moved, up=up):
            entries.record(
                by=by, action="issue.article_moved", target=issue, article=article.pk
            )


def reorder(*, by: User | None, issue: Issue, order: Sequence[int]) -> None:
    """All of its articles in this order, by their numbers. Raises NotADraft, or
    ArticlesChanged where one was added or taken out meanwhile."""
    with transaction.atomic():
        issue = draft(issue.pk)
        now = _order(issue)
        if sorted(now) != sorted(order):
            raise ArticlesChanged(
                _(
                    "Somebody else has added an article or taken one out. The order is "
                    "as it was: load the page again."
                )
            )
        if now != list(order):
            _number(issue, order)
            entries.record(by=by, action="issue.reordered", target=issue)


def remove_article(*, by: User | None, issue: Issue, article: Article) -> int | None:
    """Out of the issue; the article itself stays. Which number it was, as
    `place_article` takes it; None where it was taken out meanwhile. Raises NotADraft."""
    with transaction.atomic():
        issue = draft(issue.pk)
        order = _order(issue)
        if article.pk not in order:
            return None
        issue.places.filter(article=article).delete()
        entries.record(
            by=by, action="issue.article_removed", target=issue, article=article.pk
        )
    return order.index(article.pk) + 1


def draft(pk: int) -> Issue:
    """The issue, held until the end of the transaction. Raises NotADraft."""
    issue = Issue.objects.select_for_update().get(pk=pk)
    if issue.state != Issue.State.DRAFT:
        raise NotADraft(_("This issue has been sent and can no longer be changed."))
    return issue


def _order(issue: Issue) -> list[int]:
    return list(issue.places.order_by("position").values_list("article_id", flat=True))


def _number(issue: Issue, order: Sequence[int]) -> None:
    for position, article in enumerate(order, start=1):
        issue.places.filter(article=article).update(position=position)
