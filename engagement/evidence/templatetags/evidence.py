"""What pages of lower apps show of evidence, by name."""

from django import template
from django.db.models import QuerySet

from engagement.evidence.models import EvidenceOfUse, Finding, Recommendation
from engagement.outputs.models import Output
from engagement.studies.models import Study

register = template.Library()


@register.simple_tag
def uses_of(output: Output) -> QuerySet[EvidenceOfUse]:
    return EvidenceOfUse.objects.filter(outputs=output)


@register.simple_tag
def evidence_summary(study: Study) -> dict[str, int]:
    """How many there are of each."""
    return {
        "uses": EvidenceOfUse.objects.filter(study=study).count(),
        "findings": Finding.objects.filter(study=study).count(),
        "recommendations": Recommendation.objects.filter(study=study).count(),
    }
