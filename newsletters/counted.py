"""What figures of newsletters count, and how it is listed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import During
from engagement.metrics.rows import Line, Rows
from newsletters.models import Article, Delivery, IssueArticle, Subscription

# Later than that, a language was changed without the other.
APART = timedelta(days=1)


def subscribers(study_id: int) -> QuerySet[Any]:
    """Subscriptions in force, with `sector` and `since`."""
    found = Subscription.objects.in_force().filter(newsletter__study_id=study_id)
    people = found.with_sector().with_since().select_related("person", "newsletter")
    return people.order_by("person__name", "pk")


def deliveries(study_id: int, during: During | None = None) -> QuerySet[Delivery]:
    """Of all issues; of a time, those whose fate was settled in it."""
    frozen = Delivery.objects.filter(issue__newsletter__study_id=study_id)
    if during:
        frozen = frozen.filter(
            state__in=Delivery.SETTLED,
            settled_at__gte=during[0],
            settled_at__lt=during[1],
        )
    return frozen


def accepted(study_id: int, during: During | None = None) -> QuerySet[Delivery]:
    return _in(study_id, during, Delivery.State.ACCEPTED)


def rejected(study_id: int, during: During | None = None) -> QuerySet[Delivery]:
    return _in(study_id, during, Delivery.State.REJECTED)


def _in(study_id: int, during: During | None, state: str) -> QuerySet[Delivery]:
    found = deliveries(study_id, during).filter(state=state)
    return found.select_related("issue", "person").order_by("-settled_at", "pk")


def sent_articles(study_id: int, during: During | None = None) -> QuerySet[Article]:
    places = IssueArticle.objects.filter(
        issue__newsletter__study=study_id, issue__frozen_at__isnull=False
    )
    if during:
        places = places.filter(
            issue__frozen_at__gte=during[0], issue__frozen_at__lt=during[1]
        )
    return Article.objects.filter(pk__in=places.order_by().values("article"))


def changed_apart(study_id: int, during: During | None = None) -> QuerySet[Article]:
    """Either language later than the other."""
    late = Q(edited_en_at__gt=F("edited_cy_at") + APART)
    early = Q(edited_cy_at__gt=F("edited_en_at") + APART)
    return sent_articles(study_id, during).filter(late | early).order_by("pk")


def subscriber_lines(rows: Sequence[Any]) -> Iterable[Line]:
    for one in rows:
        page = reverse("people:detail", args=[one.person_id])
        cells = (one.person.name, shown(one.newsletter, "title"), one.since or "")
        yield Line(cells, page, one.person.is_synthetic)


def delivery_lines(rows: Sequence[Delivery]) -> Iterable[Line]:
    """To the person, where they are still on record."""
    for one in rows:
        page = reverse("people:detail", args=[one.person_id]) if one.person_id else ""
        cells = (one.address, shown(one.issue, "title"), one.settled_at or "")
        yield Line(cells, page, bool(one.person and one.person.is_synthetic))


def article_lines(rows: Sequence[Article]) -> Iterable[Line]:
    for one in rows:
        cells = (shown(one, "title"), one.edited_en_at, one.edited_cy_at)
        yield Line(cells, one.get_absolute_url(), one.is_synthetic)


MAILS = (_("Address"), _("Issue"), _("Settled"))
SUBSCRIBERS = Rows(
    (_("Name"), _("Newsletter"), _("Since")),
    subscribers,
    subscriber_lines,
    personal=True,
)
ACCEPTED = Rows(MAILS, accepted, delivery_lines, personal=True)
REJECTED = Rows(MAILS, rejected, delivery_lines, personal=True)
CHANGED_APART = Rows(
    (_("Article"), _("English last changed"), _("Welsh last changed")),
    changed_apart,
    article_lines,
)
