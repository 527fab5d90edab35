from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from engagement.evidence import awareness, counted
from engagement.evidence.models.uses import EvidenceOfUseQuerySet
from engagement.metrics.registry import During, Metric, Reading, Row, register
from engagement.people.counting import by, shares

COLUMNS = {"sector": "body_sector", "function": "function"}
LIMITS = {
    "language": _("What was done with the research is told, and no language is kept.")
}


def uses(study_id: int, during: During | None = None) -> Reading:
    return Reading(counted.uses(study_id, during).count())


def uses_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    return by(_with_body(study_id, during), kind, COLUMNS[kind])


def decisions(study_id: int, during: During | None = None) -> Reading:
    """Uses with a decision on record, of all uses."""
    found = counted.decisions(study_id, during)
    return Reading(found.count(), counted.uses(study_id, during).count())


def decisions_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    named = ~Q(decision_en="")
    return shares(_with_body(study_id, during), named, kind, COLUMNS[kind])


def aware(study_id: int) -> Reading:
    found = awareness.of(study_id)
    return Reading(found.part, found.base) if found else Reading(0, 0)


def _with_body(study_id: int, during: During | None) -> EvidenceOfUseQuerySet:
    """With the sector that the entry states, or that of the body that it names."""
    stated = NullIf("sector", Value(""))
    body = Coalesce(stated, "organisation__sector", Value(""))
    return counted.uses(study_id, during).annotate(body_sector=body)


register(
    Metric(
        key="uses",
        position=80,
        title=_("Documented uses"),
        meaning=_("Uses of the research that are on record; in a time, put on record."),
        measure=uses,
        parts=uses_by,
        kinds=tuple(COLUMNS),
        limits=LIMITS,
        unit=_("uses"),
        source=_("The register of evidence of use."),
        caveat=_(
            "What is on record is what somebody told: a use that nobody told of is not "
            "counted, and one use may be told twice."
        ),
        over_time=True,
        stage=8,
        rows=counted.USES,
    )
)
register(
    Metric(
        key="decisions",
        position=81,
        title=_("Decisions influenced"),
        meaning=_("Documented uses that name a decision."),
        base_meaning=_("All documented uses."),
        measure=decisions,
        parts=decisions_by,
        kinds=tuple(COLUMNS),
        limits=LIMITS,
        unit=_("uses"),
        source=_("The register of evidence of use."),
        caveat=_("The research need not have been the only reason."),
        over_time=True,
        stage=9,
        rows=counted.DECISIONS,
    )
)
register(
    Metric(
        key="awareness",
        position=2,
        title=_("Awareness"),
        meaning=_("Those who answered a survey and know of the study."),
        base_meaning=_("All who answered that question."),
        measure=aware,
        unit=_("people"),
        source=_("The latest published survey that asked it."),
        caveat=_("Those who answered chose to answer, and are no random sample."),
        counts_people=True,
    )
)
