from collections import Counter

from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import Metric, Reading, Row, register
from engagement.metrics.services import hits
from engagement.people.models import Sector
from newsletters.models import Delivery, Subscription


def subscribers(study_id: int) -> Reading:
    """Subscriptions in force to the study's newsletters."""
    found = Subscription.objects.in_force().filter(newsletter__study_id=study_id)
    sectors = found.with_sector().values_list("sector", flat=True)  # type: ignore[misc]
    return Reading(value=found.count(), rows=_rows(Counter(sectors)))


def deliveries(study_id: int) -> Reading:
    """Those accepted by the recipient's mail server, of all recipients."""
    return _reading(study_id, Delivery.State.ACCEPTED)


def undeliverable(study_id: int) -> Reading:
    """Those refused, of all recipients."""
    return _reading(study_id, Delivery.State.REJECTED)


def article_readers(study_id: int) -> Reading:
    """Readers of articles on the site, as a range."""
    found = hits.readers(target_kind="article", study_id=study_id)
    return Reading(value=found.at_least, at_most=found.at_most)


def downloads(study_id: int) -> Reading:
    """Requests for the PDF of an issue, as COUNTER counts them."""
    found = hits.counted(target_kind="issue_document", study_id=study_id)
    return Reading(value=found.at_least, at_most=found.at_most)


def _reading(study_id: int, state: str) -> Reading:
    frozen = Delivery.objects.filter(issue__newsletter__study_id=study_id)
    return Reading(value=frozen.filter(state=state).count(), base=frozen.count())


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
    )
)
