"""What a study's page shows of outputs, by name."""

from django import template
from django.db.models import QuerySet

from engagement.outputs.models import Output
from engagement.studies.models import Study

register = template.Library()


@register.simple_tag
def outputs_of(study: Study) -> QuerySet[Output]:
    return Output.objects.for_study(study)
