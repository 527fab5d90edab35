from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import KINDS, Metric, Reading, Row, register
from engagement.people import queries
from engagement.people.counting import shares
from engagement.studies import counted


def contactable(study_id: int) -> Reading:
    """Those of the audience wanted who can be written to, of those on record; where no
    audience is stated, of everybody."""
    there = counted.contactable(study_id)
    return Reading(there.count(), counted.audience(study_id).count())


def contactable_by(study_id: int, kind: str) -> tuple[Row, ...]:
    """By the post that somebody holds now."""
    posts = {"sector": queries.sector_of("pk"), "function": queries.function_of("pk")}
    people = counted.audience(study_id)
    if kind in posts:
        people = people.annotate(**{kind: posts[kind]})
    return shares(people, queries.can_be_written_to("pk"), kind)


register(
    Metric(
        key="contactable",
        position=1,
        title=_("Contactable"),
        meaning=_(
            "People on record in the sectors and functions that the study means to "
            "reach, with an address that may be written to."
        ),
        base_meaning=_("All people on record in those sectors and functions."),
        measure=contactable,
        parts=contactable_by,
        kinds=tuple(KINDS),
        counts_people=True,
        unit=_("people"),
        source=_("The register of people, with its suppression list."),
        caveat=_(
            "It is as of now. That somebody can be written to is no consent to be sent "
            "a newsletter."
        ),
        stage=0,
        rows=counted.CONTACTABLE,
    )
)
register(
    Metric(
        key="reached-people",
        position=103,
        title=_("People reached"),
        meaning=_(
            "People who were sent an issue or came to an event, by the sector and "
            "function of the posts that they hold now. Somebody with two posts is "
            "counted in each; who has no post on record is not counted."
        ),
        unit=_("people"),
        source=_("The rows of deliveries and attendance, and the register of people."),
        caveat=_("Sent is not read."),
        counts_people=True,
        over_time=True,
        rows=counted.POSTS,
        apart=True,
    )
)
register(
    Metric(
        key="reached-bodies",
        position=104,
        title=_("Bodies reached"),
        meaning=_(
            "Bodies on record from which somebody was sent an issue, or came to an "
            "event, of the sector and function that a study means to reach."
        ),
        base_meaning=_("Bodies that the study means to reach."),
        unit=_("organisations"),
        source=_("The rows of deliveries and attendance, and the register of people."),
        caveat=_("Sent is not read."),
        over_time=True,
        rows=counted.BODIES,
        apart=True,
    )
)
register(
    Metric(
        key="open-risks",
        position=111,
        title=_("Risks that are open"),
        meaning=_("Risks to the study that were raised and not closed."),
        measure=lambda study_id: Reading(counted.open_risks(study_id).count()),
        unit=_("risks"),
        source=_("The rows of risks."),
        rows=counted.RISKS,
        apart=True,
    )
)
