"""What metrics ask of the hits, in one place."""

from django.db.models import Count, QuerySet

from engagement.metrics.models import Hit
from engagement.metrics.registry import During, Reading
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Range

# The lower and the upper end of each value.
Ends = tuple[dict[str, int], dict[str, int]]


def readers(study_id: int, during: During | None, *kinds: str) -> Reading:
    """Different readers of these kinds of targets, as a range; each kind for itself."""
    found = [
        readership.readers(target_kind=kind, study_id=study_id, during=during)
        for kind in kinds
    ]
    return _range(found)


def requests(study_id: int, during: During | None, *kinds: str) -> Reading:
    """Requests, as COUNTER counts them."""
    found = [
        readership.counted(target_kind=kind, study_id=study_id, during=during)
        for kind in kinds
    ]
    return _range(found)


def followed(study_id: int, during: During | None) -> Reading:
    """Deliveries whose links were followed, each once a day: a scanner of mail follows
    links too, so the lower end is people for certain."""
    return _range([readership.followed(study_id=study_id, during=during)])


def followed_by(study_id: int, during: During | None, kind: str) -> Ends:
    """As `followed`, by "sector" or "language". It asks for the letters of each value
    and no more: where one is in two, it is a part of both."""
    least, most = (
        dict(
            found.values(kind)
            .annotate(number=Count("letter", distinct=True))
            .values_list(kind, "number")
        )
        for found in _followed(study_id, during)
    )
    return least, most


def _followed(study_id: int, during: During | None) -> tuple[QuerySet[Hit], ...]:
    """Hits of people for certain, and of all that may be people; of whole days, so that
    nobody can look for the minute of one. That a mail was opened is no link followed."""
    rows = Hit.objects.filter(study_id=study_id, letter__isnull=False)
    rows = rows.exclude(target_kind=Hit.PIXEL).order_by()
    if during:
        first, end = readership.whole_days(during)
        rows = rows.filter(at__gte=first, at__lt=end)
    people = rows.filter(hit_class=Hit.Class.PERSON)
    return people, rows.exclude(hit_class=Hit.Class.MACHINE)


def readers_by_language(study_id: int, during: During | None, kind: str) -> Ends:
    """Of the pages in each language, each for itself."""
    found = readership.by_language(target_kind=kind, study_id=study_id, during=during)
    readers = {lang: one.readers for lang, one in found.items()}
    return (
        {lang: one.at_least for lang, one in readers.items()},
        {lang: one.at_most for lang, one in readers.items()},
    )


def in_welsh(study_id: int, during: During | None, kind: str) -> Reading:
    """Readers of the Welsh pages, of the readers of either; of each page for itself."""
    found = readership.by_language(target_kind=kind, study_id=study_id, during=during)
    counts = {lang: one.readers.at_least for lang, one in found.items()}
    return Reading(counts.get("cy", 0), counts.get("cy", 0) + counts.get("en", 0))


def _range(found: list[Range]) -> Reading:
    return Reading(
        sum(one.at_least for one in found),
        at_most=sum(one.at_most for one in found),
    )
