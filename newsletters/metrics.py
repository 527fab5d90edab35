from collections import Counter

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.metrics import of_hits, rows_of_reading
from engagement.metrics.registry import During, Metric, Reading, Row, register
from engagement.people.counting import of, shares
from engagement.people.models import Sector
from newsletters import counted
from newsletters.models import Delivery

HITS = _("The hits of this site, by the rules of reading.")
ROWS = _("The rows of deliveries and subscriptions.")
NOBODY = _(
    "Readers of pages are counted without knowing who they are, so no sector and no "
    "function is kept with them."
)
AGREED = _(
    "It is known only of readers who agreed to be known by name. Where a newsletter "
    "counts readers so that nobody can say who they are, no sector is kept."
)
NO_FUNCTION = _(
    "A delivery keeps the sector and the language of that day, and no function."
)


def subscribers(study_id: int) -> Reading:
    """Subscriptions in force to the study's newsletters."""
    known = counted.subscribers(study_id).order_by().values_list("sector")
    sectors = Counter(dict(known.annotate(number=Count("pk"))))
    return Reading(value=sectors.total(), rows=_rows(sectors))


def deliveries(study_id: int, during: During | None = None) -> Reading:
    """Those accepted by the recipient's mail server, of all recipients."""
    return _of_all(counted.accepted(study_id, during), study_id, during)


def deliveries_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    accepted = Q(state=Delivery.State.ACCEPTED)
    return shares(counted.deliveries(study_id, during), accepted, kind)


def undeliverable(study_id: int, during: During | None = None) -> Reading:
    """Those refused, of all recipients."""
    return _of_all(counted.rejected(study_id, during), study_id, during)


def article_readers(study_id: int, during: During | None = None) -> Reading:
    """Readers of articles on the site, as a range."""
    return of_hits.readers(study_id, during, "article")


def article_readers_by(
    study_id: int, during: During | None, kind: str
) -> tuple[Row, ...]:
    """Of the pages in each language."""
    least, most = of_hits.readers_by_language(study_id, during, "article")
    return of(kind, least, at_most=most)


def followed_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    least, most = of_hits.followed_by(study_id, during, kind)
    return of(kind, least, at_most=most)


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
    late = counted.changed_apart(study_id, during)
    return Reading(late.count(), counted.sent_articles(study_id, during).count())


def _of_all(found: QuerySet[Delivery], study_id: int, during: During | None) -> Reading:
    return Reading(found.count(), counted.deliveries(study_id, during).count())


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
        rows=counted.SUBSCRIBERS,
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
        kinds=("sector", "language"),
        limits={"function": NO_FUNCTION},
        counts_people=True,
        unit=_("messages"),
        source=ROWS,
        over_time=True,
        stage=1,
        rows=counted.ACCEPTED,
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
        rows=counted.REJECTED,
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
        parts=article_readers_by,
        kinds=("language",),
        limits={
            "sector": NOBODY,
            "function": NOBODY,
            "language": _(
                "Each page for itself: who reads two articles, or one in both "
                "languages, counts twice, so the parts may be more than the whole."
            ),
        },
        unit=_("readers"),
        source=HITS,
        over_time=True,
        stage=2,
        counts_people=True,
        rows=rows_of_reading.readers("article"),
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
        rows=rows_of_reading.requests("issue_document"),
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
        rows=rows_of_reading.readers("feed", "study_feed"),
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
        parts=followed_by,
        kinds=("sector", "language"),
        limits={
            "sector": AGREED,
            "function": NO_FUNCTION,
            "language": _(
                "By the language of the page that the link led to: who followed links "
                "to both counts twice, so the parts may be more than the whole."
            ),
        },
        unit=_("deliveries"),
        source=HITS,
        caveat=_("Newsletters whose readers are not counted are left out."),
        counts_people=True,
        over_time=True,
        stage=3,
        rows=rows_of_reading.followed(),
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
        rows=rows_of_reading.readers_in_welsh("article"),
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
        caveat=_(
            "That a language was changed later does not say that it was wrong. Between "
            "the languages of an issue itself there is no lag: both go out in one "
            "message."
        ),
        over_time=True,
        rows=counted.CHANGED_APART,
    )
)
