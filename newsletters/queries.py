"""What pages, feeds and documents show of issues and their articles."""

from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from engagement.events.models import Event
from engagement.outputs.models import Output
from engagement.studies.models import Study
from newsletters.models import (
    PUBLIC_STATES,
    Article,
    Correction,
    Document,
    Issue,
    Link,
    Newsletter,
)

# What was sent before Dolen has no time of its own.
OUT_AT = Coalesce("frozen_at", "created_at")


class Numbered(NamedTuple):
    """An issue of the archive; only what was sent from here has a number."""

    issue: Issue
    number: int | None


class Year(NamedTuple):
    """None for what was sent before Dolen, whose year is not on record."""

    year: int | None
    issues: list[Numbered]


def articles(issue: Issue) -> QuerySet[Article]:
    """In their order, with pictures, corrections and, in `public_links`, the links."""
    found = Article.objects.filter(places__issue=issue).order_by("places__position")
    return with_parts(found)


def with_parts(found: QuerySet[Article]) -> QuerySet[Article]:
    links = Prefetch("links", _public_links(), to_attr="public_links")
    return found.prefetch_related("pictures", "corrections", links)


def _public_links() -> QuerySet[Link]:
    """Those that lead anybody anywhere: a draft may have been picked."""
    public = (
        Q(ask__isnull=False)
        | Q(output__in=Output.objects.listed())
        | Q(event__in=Event.objects.listed())
    )
    return Link.objects.filter(public).select_related("output", "event", "ask")


def with_times(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Adds `out_at`, and `corrected_at`: when it or an article in it was last corrected
    since; what was put right before is right in it."""
    about = Q(issue=OuterRef("pk")) | Q(article__places__issue=OuterRef("pk"))
    since = Correction.objects.filter(about, at__gte=OuterRef("out_at"))
    corrected = since.order_by("-at").values("at")[:1]
    timed = issues.annotate(out_at=OUT_AT)
    return timed.annotate(corrected_at=Subquery(corrected))


def with_out_at(found: QuerySet[Article]) -> QuerySet[Article]:
    """Adds `out_at`, when the article was first sent; None for what Dolen did not send.
    And `public_at`, since when it can be read here."""
    out = Q(places__issue__state__in=PUBLIC_STATES)
    sent, made = "places__issue__frozen_at", "places__issue__created_at"
    return found.annotate(
        out_at=Min(sent, filter=out), public_at=Min(Coalesce(sent, made), filter=out)
    )


def out_of_study(study: Study) -> QuerySet[Any]:
    """With `out_at` and `public_at`, the latest first."""
    found: QuerySet[Any] = with_out_at(study.articles.all())
    found = found.filter(public_at__isnull=False)
    return found.prefetch_related("corrections").order_by("-public_at", "-pk")


def for_feed(newsletter: Newsletter) -> QuerySet[Any]:
    """With `out_at` and all that an entry says, the latest first."""
    found = newsletter.issues.public().annotate(out_at=OUT_AT)
    return (
        found.select_related("newsletter")
        .prefetch_related("corrections", "documents", "places__article__corrections")
        .order_by("-out_at", "-pk")
    )


def changed_at(article: Article) -> datetime | None:
    """When an article of `with_out_at` was changed after it was first sent, if it was."""
    out_at: datetime | None = article.out_at  # type: ignore[attr-defined]
    return article.updated_at if out_at and article.updated_at > out_at else None


def archive(newsletter: Newsletter) -> list[Year]:
    """All issues that are out, by year, the latest first."""
    public = with_times(newsletter.issues.public()).select_related("newsletter")
    found = list(public.order_by(F("frozen_at").desc(nulls_last=True), "-pk"))
    sent = sum(issue.frozen_at is not None for issue in found)
    numbered = [
        Numbered(issue, sent - place if issue.frozen_at else None)
        for place, issue in enumerate(found)
    ]
    return [
        Year(year, list(issues))
        for year, issues in groupby(numbered, lambda one: _year(one.issue))
    ]


def _year(issue: Issue) -> int | None:
    return timezone.localdate(issue.frozen_at).year if issue.frozen_at else None


def documents(issue: Issue) -> QuerySet[Document]:
    """Of the sending that counts: one that was called off may have left others."""
    out_at = Coalesce("issue__frozen_at", "issue__created_at")
    return issue.documents.filter(made_at__gte=out_at).order_by("language")
