"""Articles and issues as works that are counted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics import items
from newsletters import queries
from newsletters.models import PUBLIC_STATES, Article, Document, Issue, Newsletter

# COUNTER 5.1, 3.3.2. An issue in one file is counted as one item, as is a book whose
# chapters cannot be told apart (7.3).
PIECE, SERIAL = "News_Item", "Newspaper_or_Newsletter"


def articles(ids: Iterable[int]) -> dict[int, items.Item]:
    found = queries.with_out_at(Article.objects.filter(pk__in=list(ids)))
    return {
        article.pk: items.Item(
            title=shown(article, "title").text,
            address=article.get_absolute_url(),
            data_type=PIECE,
            published=(day := _day(article, "public_at")),
            is_public=day is not None,
        )
        for article in found
    }


def issues(ids: Iterable[int]) -> dict[int, items.Item]:
    found = Issue.objects.filter(pk__in=list(ids)).select_related("newsletter")
    return {
        issue.pk: items.Item(
            title=shown(issue, "title").text,
            address=issue.get_absolute_url(),
            data_type=PIECE,
            published=_day(issue, "out_at"),
            parent=_serial(issue.newsletter),
            is_public=issue.state in PUBLIC_STATES,
        )
        for issue in queries.with_times(found)
    }


def issues_of(ids: Iterable[int]) -> dict[int, int]:
    return dict(Document.objects.filter(pk__in=ids).values_list("pk", "issue"))


def _day(row: Article | Issue, column: str) -> date | None:
    """Of a moment that a query has added."""
    at: datetime | None = getattr(row, column)
    return timezone.localdate(at) if at else None


def _serial(newsletter: Newsletter) -> items.Item:
    return items.Item(
        title=shown(newsletter, "title").text,
        address=newsletter.get_absolute_url(),
        data_type=SERIAL,
    )


items.register("article", _("Article"), articles)
items.register_target("article", item_kind="article", is_request=True)
items.register("issue", _("Issue"), issues)
# Its page is the issue as it was mailed, its documents are the same with each article.
items.register_target("issue", item_kind="issue", is_request=True)
items.register_target(
    "issue_document", item_kind="issue", is_request=True, work_of=issues_of
)
