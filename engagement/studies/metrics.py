from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import KINDS, Metric, Reading, Row, register
from engagement.people import queries
from engagement.people.counting import shares
from engagement.people.models import Affiliation, Person
from engagement.studies.models import Target


def contactable(study_id: int) -> Reading:
    """Those of the audience wanted who can be written to, of those on record; where no
    audience is stated, of everybody."""
    people = _audience(study_id)
    there = people.filter(queries.can_be_written_to("pk"))
    return Reading(there.count(), people.count())


def contactable_by(study_id: int, kind: str) -> tuple[Row, ...]:
    """By the post that somebody holds now."""
    posts = {"sector": queries.sector_of("pk"), "function": queries.function_of("pk")}
    people = _audience(study_id)
    if kind in posts:
        people = people.annotate(**{kind: posts[kind]})
    return shares(people, queries.can_be_written_to("pk"), kind)


def _audience(study_id: int) -> QuerySet[Person]:
    people = Person.objects.current()
    if targets := list(Target.objects.filter(study=study_id)):
        posts = Affiliation.objects.filter(_wanted(targets), ended_on=None)
        people = people.filter(pk__in=posts.order_by().values("person"))
    return people


def _wanted(targets: list[Target]) -> Q:
    wanted = Q()
    for target in targets:
        one = Q(organisation__sector=target.sector) | Q(
            organisation=None, stated_sector=target.sector
        )
        wanted |= one & Q(function=target.function) if target.function else one
    return wanted


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
    )
)
