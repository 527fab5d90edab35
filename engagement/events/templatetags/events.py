"""What a study's page shows of events, by name."""

from django import template
from django.db.models import QuerySet

from engagement.events.models import Event
from engagement.studies.models import Study

register = template.Library()


@register.simple_tag
def events_of(study: Study) -> QuerySet[Event]:
    return Event.objects.listed().for_study(study).in_sections()
