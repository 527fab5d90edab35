"""What figures of the register of evidence count, and how it is listed."""

from collections.abc import Callable, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.evidence.models import EvidenceOfUse
from engagement.evidence.models.uses import EvidenceOfUseQuerySet
from engagement.metrics.registry import During
from engagement.metrics.rows import Line, Rows


def uses(study_id: int, during: During | None = None) -> EvidenceOfUseQuerySet:
    """What was not used, or misused, is no use."""
    rows = EvidenceOfUse.objects.filter(study=study_id, kind=EvidenceOfUse.Kind.USE)
    return rows.recorded_between(*during) if during else rows


def decisions(study_id: int, during: During | None = None) -> EvidenceOfUseQuerySet:
    return uses(study_id, during).exclude(decision_en="")


def lines(rows: Sequence[EvidenceOfUse]) -> Iterable[Line]:
    for one in rows:
        page = reverse("evidence:show", args=[one.pk])
        cells = (
            shown(one, "description"),
            one.get_sector_display(),
            shown(one, "decision"),
            one.get_confidence_display(),
            one.recorded_at,
        )
        yield Line(cells, page, one.is_synthetic)


def _listed(find: Callable[..., EvidenceOfUseQuerySet]) -> Rows:
    headings = (_("What was done"), _("Sector"), _("Decision"), _("How sure"))
    return Rows((*headings, _("Put on record")), find, lines)


USES, DECISIONS = _listed(uses), _listed(decisions)
