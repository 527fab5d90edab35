"""What pages of lower apps show of evidence, by name."""

from django import template
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagement.events.models import Commitment, Event
from engagement.evidence import confidence, dates
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    Recommendation,
)
from engagement.outputs.models import Output
from engagement.studies.models import Study

register = template.Library()
NO_TYPE = "\N{EN DASH}"


@register.simple_tag
def uses_of(output: Output) -> QuerySet[EvidenceOfUse]:
    used = EvidenceOfUse.objects.public().filter(kind=EvidenceOfUse.Kind.USE)
    return used.filter(outputs=output)


@register.simple_tag
def uses_of_commitment(commitment: Commitment) -> QuerySet[EvidenceOfUse]:
    """For staff: those that are not public too."""
    return EvidenceOfUse.objects.filter(commitment=commitment).select_related("study")


@register.simple_tag
def uses_of_event(event: Event) -> QuerySet[EvidenceOfUse]:
    """Those that came of what was promised there, in public."""
    told = event.commitments.told().values("pk")
    rows = EvidenceOfUse.objects.public().filter(commitment__in=told)
    return rows.select_related("study")


@register.filter
def happened(use: EvidenceOfUse) -> str:
    """When, as exactly as it is known."""
    return dates.shown(use)


@register.filter
def types(use: EvidenceOfUse) -> str:
    """Both, where it is of two types at once; what is no use is of none."""
    if use.kind != EvidenceOfUse.Kind.USE:
        return NO_TYPE
    if not use.use_type:
        return _("Not settled")
    both = [use.get_use_type_display(), use.get_also_type_display()]
    return "; ".join(label for label in both if label)


@register.filter
def pounds(amount: int) -> str:
    return f"£{amount:,}"


@register.filter
def how_sure(use: EvidenceOfUse) -> str:
    return confidence.words(use)


@register.simple_tag
def evidence_summary(study: Study) -> dict[str, int]:
    """How many there are of each, in public."""
    return {
        "uses": EvidenceOfUse.objects.public().filter(study=study, kind="use").count(),
        "findings": Finding.objects.filter(study=study).count(),
        "recommendations": Recommendation.objects.filter(study=study).count(),
    }
