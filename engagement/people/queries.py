from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from engagement.people.models import Affiliation, Person


def sector_of(person: str) -> Coalesce:
    """The sector of a person's current post, "" where it is not known.

    `person` is the column that points at the person. The body's sector goes before the
    one a person stated.
    """
    post = Affiliation.objects.filter(
        person=OuterRef(person), ended_on__isnull=True
    ).order_by("-started_on", "-pk")
    return Coalesce(
        Subquery(post.values("organisation__sector")[:1]),
        Subquery(post.values("stated_sector")[:1]),
        Value(""),
    )


def find(*, words: str, sector: str) -> QuerySet[Person]:
    """People whose name or address has `words` in it, with `sector` on each."""
    people = Person.objects.annotate(sector=sector_of("pk")).order_by("name", "pk")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return people.filter(sector=sector) if sector else people
