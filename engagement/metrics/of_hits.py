"""What metrics ask of the hits, in one place."""

from engagement.metrics.registry import During, Reading
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Range


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
