from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from engagement.people.models import (
    Affiliation,
    Alias,
    Consent,
    EmailAddress,
    Merge,
    Organisation,
    Person,
    Suppression,
)
from engagement.people.services.merging import UNDO_WITHIN

# What is asked for to find those whose sector nobody has stated.
UNKNOWN = "unknown"


def sector_of(person: str) -> Coalesce:
    """The sector of a person's current post, "" where it is not known.

    `person` is the column that points at the person. The body's sector goes before the
    one a person stated.
    """
    post = _post_of(person)
    return Coalesce(
        Subquery(post.values("organisation__sector")[:1]),
        Subquery(post.values("stated_sector")[:1]),
        Value(""),
    )


def function_of(person: str) -> Coalesce:
    """As `sector_of`: the function of the same post."""
    post = _post_of(person)
    return Coalesce(Subquery(post.values("function")[:1]), Value(""))


def _post_of(person: str) -> QuerySet[Affiliation]:
    """Those of today, the one that began last first."""
    posts = Affiliation.objects.filter(person=OuterRef(person), ended_on__isnull=True)
    return posts.order_by(F("started_on").desc(nulls_last=True), "-pk")


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
            contains("name", words) | Q(pk__in=address.values("person"))
        )
    if sector:
        people = people.filter(sector="" if sector == UNKNOWN else sector)
    return people


def find_organisations(
    *, words: str = "", sector: str = "", area: str = ""
) -> QuerySet[Organisation]:
    """Bodies with `words` in any of their names, with `people_now`, how many have a post
    there today."""
    bodies = Organisation.objects.current()
    if words:
        alias = Alias.objects.filter(contains("name", words)).values("organisation")
        named = contains("name_en", words) | contains("name_cy", words)
        bodies = bodies.filter(named | Q(pk__in=alias))
    if sector:
        bodies = bodies.filter(sector=sector)
    if area:
        bodies = bodies.filter(area=area)
    today = Q(affiliations__ended_on=None, affiliations__person__merged_into=None)
    return bodies.annotate(
        people_now=Count("affiliations__person", filter=today, distinct=True)
    ).order_by("name_en", "pk")


def contains(column: str, words: str) -> Q:
    """Whatever its capitals. SQLite knows those of ASCII alone, so that "ŵyn" would not
    find "Ŵyn": other letters are looked for as names write them too."""
    ways = {words}
    if not words.isascii():
        ways |= {words.lower(), words.upper(), words.title()}
    found = Q()
    for way in sorted(ways):
        found |= Q(**{f"{column}__icontains": way})
    return found


def merges() -> QuerySet[Merge]:
    """Newest first, with `can_undo` and the names of the two rows."""
    return Merge.objects.select_related("by").annotate(
        merged_name=_name_of("merged_id"),
        kept_name=_name_of("kept_id"),
        can_undo=Q(undone_at=None, at__gte=timezone.now() - UNDO_WITHIN),
    )


def _name_of(column: str) -> Case:
    people = Person.objects.filter(pk=OuterRef(column)).values("name")
    bodies = Organisation.objects.filter(pk=OuterRef(column)).values("name_en")
    return Case(
        When(kind=Merge.Kind.PERSON, then=Subquery(people)), default=Subquery(bodies)
    )
