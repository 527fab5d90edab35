"""What pages of lower apps show of newsletters, by name."""

from django import template
from django.db.models import QuerySet

from engagement.studies.models import Study
from newsletters.models import Issue, Newsletter

register = template.Library()


@register.simple_tag
def latest_issues(count: int) -> QuerySet[Issue]:
    return Issue.objects.public().select_related("newsletter")[:count]


@register.simple_tag
def issues_at_work() -> QuerySet[Issue]:
    return Issue.objects.at_work().select_related("newsletter")


@register.simple_tag
def newsletters_of(study: Study) -> QuerySet[Newsletter]:
    return Newsletter.objects.for_study(study)
