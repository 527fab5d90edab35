"""What a study's page shows of groups, by name."""

from django import template
from django.db.models import QuerySet

from engagement.groups.models import Group
from engagement.studies.models import Study

register = template.Library()


@register.simple_tag
def groups_of(study: Study) -> QuerySet[Group]:
    return Group.objects.for_study(study).with_seat_counts()
