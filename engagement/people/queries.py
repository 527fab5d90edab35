from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from engagement.people.models import Affiliation, Person

# What is asked for to find those whose sector nobody has stated.
UNKNOWN = "unknown"


def sector_of(person: str) -> Coalesce:
    """The sector of a person's current post, "" where it is not known.

    `person` is the column that points at the person. The body's sector goes before the
    one a person stated.
    """
    post = Affiliation.objects.filter(
        person=OuterRef(person), ended_on__isnull=True
    ).order_by(F("started_on").desc(nulls_last=True), "-pk")
    return Coalesce(
        Subquery(post.values("organisation__sector")[:1]),
        Subquery(post.values("stated_sector")[:1]),
        Value(""),
    )


def find(*, words: str, sector: str) -> QuerySet[Person]:
    """People whose name or address has `words` in it, with `sector` on each.

    `sector` may be "" for all or UNKNOWN.
    """
    people = Person.objects.annotate(sector=sector_of("pk")).order_by("name", "pk")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if sector:
        people = people.filter(sector="" if sector == UNKNOWN else sector)
    return people
