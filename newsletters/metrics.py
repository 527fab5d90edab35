from collections import Counter
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.metrics import of_hits
from engagement.metrics.registry import By, During, Metric, Reading, Row, register
from engagement.people.counting import by
from engagement.people.models import Sector
from newsletters.models import Article, Delivery, IssueArticle, Subscription

HITS = _("The hits of this site, by the rules of reading.")
ROWS = _("The rows of deliveries and subscriptions.")


def subscribers(study_id: int) -> Reading:
    """Subscriptions in force to the study's newsletters."""
    found = Subscription.objects.in_force().filter(newsletter__study_id=study_id)
    known = found.with_sector().order_by().values_list("sector")  # type: ignore[misc]
    sectors = Counter(dict(known.annotate(number=Count("pk"))))
    return Reading(value=sectors.total(), rows=_rows(sectors))


def deliveries(study_id: int, during: During | None = None) -> Reading:
    """Those accepted by the recipient's mail server, of all recipients."""
    return _reading(study_id, during, Delivery.State.ACCEPTED)


def deliveries_by(study_id: int, during: During | None = None) -> tuple[By, ...]:
    accepted = _frozen(study_id, during).filter(state=Delivery.State.ACCEPTED)
    return by(accepted, sector="sector", language="language")


def undeliverable(study_id: int, during: During | None = None) -> Reading:
    """Those refused, of all recipients."""
    return _reading(study_id, during, Delivery.State.REJECTED)


def article_readers(study_id: int, during: During | None = None) -> Reading:
    """Readers of articles on the site, as a range."""
    return of_hits.readers(study_id, during, "article")


def downloads(study_id: int, during: During | None = None) -> Reading:
    """Requests for the PDF of an issue, as COUNTER counts them."""
    return of_hits.requests(study_id, during, "issue_document")


def feed_readers(study_id: int, during: During | None = None) -> Reading:
    """Programs that ask for the feeds of the study and of its newsletters, as a range;
    both feeds of one program are two."""
    return of_hits.readers(study_id, during, "feed", "study_feed")


def welsh_readers(study_id: int, during: During | None = None) -> Reading:
    return of_hits.in_welsh(study_id, during, "article")


def language_lag(study_id: int, during: During | None = None) -> Reading:
    """Articles sent whose languages were last changed on different days, of all sent."""
    places = IssueArticle.objects.filter(
        issue__newsletter__study=study_id, issue__frozen_at__isnull=False
    )
    if during:
        places = places.filter(
            issue__frozen_at__gte=during[0], issue__frozen_at__lt=during[1]
        )
    sent = Article.objects.filter(pk__in=places.order_by().values("article"))
    moments = sent.values_list("edited_en_at", "edited_cy_at")
    late = [abs(en - cy) > timedelta(days=1) for en, cy in moments]
    return Reading(sum(late), len(late))


def _reading(study_id: int, during: During | None, state: str) -> Reading:
    frozen = _frozen(study_id, during)
    return Reading(frozen.filter(state=state).count(), frozen.count())


def _frozen(study_id: int, during: During | None) -> QuerySet[Delivery]:
    frozen = Delivery.objects.filter(issue__newsletter__study_id=study_id)
    if during:
        frozen = frozen.filter(
            state__in=Delivery.SETTLED,
            settled_at__gte=during[0],
            settled_at__lt=during[1],
        )
    return frozen


def _page(_study_id: int) -> str:
    return reverse("newsletters:manage")


def _rows(counts: Counter[str]) -> tuple[Row, ...]:
    labels = {**dict(Sector.choices), "": _("Not stated")}
    return tuple(
        Row(label, counts[key]) for key, label in labels.items() if key in counts
    )


register(
    Metric(
        key="subscribers",
        position=5,
        title=_("Subscribers"),
        meaning=_(
            "Confirmed subscriptions to the newsletters of this study that have not "
            "ended."
        ),
        rows_title=_("Subscribers by sector"),
        measure=subscribers,
        unit=_("subscriptions"),
        source=ROWS,
        counts_people=True,
    )
)
register(
    Metric(
        key="deliveries",
        position=10,
        title=_("Deliveries"),
        meaning=_(
            "Messages that the recipient's mail server accepted, over all issues sent. "
            "Accepted is not read."
        ),
        base_meaning=_("Everybody in the audience of each issue when it was sent."),
        measure=deliveries,
        parts=deliveries_by,
        unit=_("messages"),
        source=ROWS,
        over_time=True,
        stage=1,
        behind=_page,
    )
)
register(
    Metric(
        key="undeliverable",
        position=20,
        title=_("Undeliverable"),
        meaning=_("Messages that the recipient's mail server refused for good."),
        base_meaning=_("Everybody in the audience of each issue when it was sent."),
        measure=undeliverable,
        unit=_("messages"),
        source=ROWS,
        over_time=True,
        behind=_page,
    )
)
register(
    Metric(
        key="article_readers",
        position=30,
        title=_("Readers of articles"),
        meaning=_(
            "Different readers of articles on this site, day by day: somebody who comes "
            "back on another day counts again. The lower end is people for certain; the "
            "upper takes in what may have been a person. Anybody may read, so "
            "deliveries are no base for it."
        ),
        measure=article_readers,
        unit=_("readers"),
        source=HITS,
        over_time=True,
        stage=2,
        counts_people=True,
    )
)
register(
    Metric(
        key="issue_downloads",
        position=65,
        title=_("Downloads of issues"),
        meaning=_(
            "Requests for the PDF of an issue. Robots are left out, and a second request "
            "within 30 seconds counts once (COUNTER 5.1). The upper end takes in what may "
            "have been a person. Newsletters whose readers are not counted are left out."
        ),
        measure=downloads,
        unit=_("requests"),
        source=HITS,
        over_time=True,
    )
)
register(
    Metric(
        key="feed_readers",
        position=66,
        title=_("Readers of feeds"),
        meaning=_(
            "Different readers of the feeds of this study and its newsletters, day by "
            "day. Feed readers ask many times a day and count once; services that ask "
            "for many people at once count as machines. Newsletters whose readers are "
            "not counted are left out."
        ),
        measure=feed_readers,
        unit=_("readers"),
        source=HITS,
        over_time=True,
        counts_people=True,
    )
)
register(
    Metric(
        key="followed",
        position=31,
        title=_("Links followed"),
        meaning=_(
            "Deliveries whose links were followed to this site, each once a day: one that "
            "is followed on another day counts again. The lower end is people for certain; "
            "the upper takes in what may have been a program that tries links before "
            "somebody reads."
        ),
        measure=of_hits.followed,
        unit=_("deliveries"),
        source=HITS,
        caveat=_("Newsletters whose readers are not counted are left out."),
        counts_people=True,
        over_time=True,
        stage=3,
    )
)
register(
    Metric(
        key="welsh_readers",
        position=32,
        title=_("Reading in Welsh"),
        meaning=_("Readers of the Welsh pages of articles, people for certain."),
        base_meaning=_(
            "Readers of the pages in either language; who read both counts twice."
        ),
        measure=welsh_readers,
        unit=_("readers"),
        source=HITS,
        counts_people=True,
        over_time=True,
    )
)
register(
    Metric(
        key="language_lag",
        position=33,
        title=_("Languages changed apart"),
        meaning=_(
            "Articles sent whose English and Welsh words were last changed more than a "
            "day apart."
        ),
        base_meaning=_("All articles sent."),
        measure=language_lag,
        unit=_("articles"),
        source=_("The last change of each language of an article."),
        caveat=_("That a language was changed later does not say that it was wrong."),
        over_time=True,
    )
)
