"""Writing an issue: its words, and the order of its articles."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from newsletters.models import Article, Issue, IssueArticle, Newsletter


class NotADraft(Refused):
    """What has been sent stays as it was sent."""


class ChangedMeanwhile(Refused):
    """Somebody else saved after this person began to write."""


def create(
    *, by: User | None, newsletter: Newsletter, fields: Mapping[str, str]
) -> Issue:
    with transaction.atomic():
        issue = Issue(newsletter=newsletter, **fields)
        issue.slug = _slug(issue.title_en)
        issue.save()
        entries.record(by=by, action="issue.created", target=issue)
    return issue


def update(
    *, by: User | None, issue: Issue, fields: Mapping[str, str], seen: str
) -> Issue:
    """Raises NotADraft, or ChangedMeanwhile where `seen` is not the last save."""
    with transaction.atomic():
        issue = _draft(issue.pk)
        _save(issue, fields, seen)
        entries.record(by=by, action="issue.updated", target=issue)
    return issue


def add_article(*, by: User | None, issue: Issue, fields: Mapping[str, str]) -> Article:
    """A new article at the end of the issue. Raises NotADraft."""
    with transaction.atomic():
        issue = _draft(issue.pk)
        article = Article(study=issue.newsletter.study, **fields)
        article.slug = _slug(article.title_en)
        article.save()
        place_article(by=by, issue=issue, article=article)
    return article


def place_article(*, by: User | None, issue: Issue, article: Article) -> None:
    """An article that exists, at the end; where it stands already, nothing. NotADraft."""
    with transaction.atomic():
        issue = _draft(issue.pk)
        last = issue.places.aggregate(last=Max("position"))["last"] or 0
        _place, new = IssueArticle.objects.get_or_create(
            issue=issue, article=article, defaults={"position": last + 1}
        )
        if new:
            entries.record(
                by=by, action="issue.article_added", target=issue, article=article.pk
            )


def move_article(*, by: User | None, issue: Issue, article: Article, up: bool) -> None:
    """One place up or down; at the end of the list it stays. Raises NotADraft."""
    with transaction.atomic():
        issue = _draft(issue.pk)
        places = list(issue.places.order_by("position"))
        at = next(i for i, place in enumerate(places) if place.article_id == article.pk)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(places):
            return
        places[at], places[to] = places[to], places[at]
        for position, place in enumerate(places, start=1):
            IssueArticle.objects.filter(pk=place.pk).update(position=position)
        entries.record(
            by=by, action="issue.article_moved", target=issue, article=article.pk
        )


def remove_article(*, by: User | None, issue: Issue, article: Article) -> None:
    """Out of the issue; the article itself stays. Raises NotADraft."""
    with transaction.atomic():
        issue = _draft(issue.pk)
        issue.places.filter(article=article).delete()
        entries.record(
            by=by, action="issue.article_removed", target=issue, article=article.pk
        )


def update_article(
    *, by: User | None, article: Article, fields: Mapping[str, str], seen: str
) -> Article:
    """Raises ChangedMeanwhile. An article that is out may be mended: its page is live,
    the mail that went is not."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        _save(article, fields, seen)
        entries.record(by=by, action="article.updated", target=article)
    return article


def version(thing: Issue | Article) -> str:
    """What a form carries along to tell whether somebody else has saved since."""
    return thing.updated_at.isoformat()


def _save(thing: Issue | Article, fields: Mapping[str, str], seen: str) -> None:
    if seen != version(thing):
        raise ChangedMeanwhile(
            _(
                "Somebody else has saved this in the meantime. Your text is still here: "
                "open the page in a second window, compare, and save again."
            )
        )
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def _draft(pk: int) -> Issue:
    issue = Issue.objects.select_for_update().get(pk=pk)
    if issue.state != Issue.State.DRAFT:
        raise NotADraft(_("This issue has been sent and can no longer be changed."))
    return issue


def _slug(title: str) -> str:
    """The random end keeps two alike apart."""
    return f"{slugify(title)[:70]}-{get_random_string(5, 'bcdfghjkmnpqrstvwxz')}"
