from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from engagement.people.models import (
    Affiliation,
    Consent,
    EmailAddress,
    Person,
    Suppression,
)

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


def has_agreed(person: str, purpose: str, about: str | OuterRef) -> Q:
    """Whether the last word of `person` on it is yes, and they can be written to.

    `person` is the column that points at the person, "pk" on people themselves. `about`
    is what it is for, or an OuterRef to a column that holds it. Nothing else says what
    somebody may be sent.
    """
    given = last_word_is(Consent.Action.GIVEN, person, purpose, about)
    return given & can_be_written_to(person)


def last_word_is(action: str, person: str, purpose: str, about: str | OuterRef) -> Q:
    """Whether the ledger's last row of `person` on it is this one; see `has_agreed`."""
    last = Consent.objects.filter(
        person=OuterRef(person), purpose=purpose, about=about
    ).order_by("-pk")
    return Q(Exact(Subquery(last.values("action")[:1]), action))


def can_be_written_to(person: str) -> Q:
    """Has an address, was not merged away, and none of their addresses is suppressed."""
    column = "" if person == "pk" else f"{person}__"
    suppressed = EmailAddress.objects.filter(
        person=OuterRef(person),
        digest__in=Suppression.objects.filter(lifted_at=None).values("digest"),
    )
    here = Q(**{f"{column}merged_into": None}) & ~Q(**{f"{column}email": ""})
    return here & Q(~Exists(suppressed))


def find(*, words: str, sector: str) -> QuerySet[Person]:
    """People whose name or address has `words` in it, with `sector` on each.

    `sector` may be "" for all or UNKNOWN.
    """
    people = Person.objects.current().annotate(sector=sector_of("pk"))
    people = people.order_by("name", "pk")
    if words:
        address = EmailAddress.objects.filter(address__icontains=words)
        people = people.filter(
            Q(name__icontains=words) | Q(pk__in=address.values("person"))
        )
    if sector:
        people = people.filter(sector="" if sector == UNKNOWN else sector)
    return people
