"""What other pages show of outputs, by name."""

from django import template
from django.db.models import QuerySet

from engagement.events.models import Event
from engagement.outputs.models import Material, Output
from engagement.studies.models import Study

register = template.Library()


@register.simple_tag
def outputs_of(study: Study) -> QuerySet[Output]:
    return Output.objects.for_study(study)


@register.simple_tag
def materials_of(event: Event) -> QuerySet[Material]:
    """What everybody may read before the event, then after it."""
    return Material.objects.for_event(event).shown()


@register.simple_tag
def output_called(slug: str) -> Output | None:
    """Where it is published; of what stands beside outputs and knows an address alone."""
    return Output.objects.published().filter(slug=slug).first()
