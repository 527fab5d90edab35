"""Releases on pages: when they come out, and which are next."""

from datetime import date, datetime

from django import template
from django.db.models import QuerySet

from engagement.outputs import release_times
from engagement.outputs.models import Edition, Output, Release, ReleaseChange
from engagement.studies.models import Study

register = template.Library()
NEXT, AT_WORK = 3, 6


@register.filter
def release_when(when: date | datetime | None) -> str:
    """As exact as what is known."""
    return release_times.said(when)


@register.filter
def explained_change(release: Release) -> ReleaseChange | None:
    """The last change that says why; its changes are at hand."""
    why = [change for change in release.changes.all() if change.reason_en]
    return why[-1] if why else None


@register.simple_tag
def next_releases(study: Study | None = None) -> QuerySet[Release]:
    """Of the study, or of all: the next few that are announced."""
    found = Release.objects.coming().with_changes()
    return (found.filter(study=study) if study else found)[:NEXT]


@register.simple_tag
def releases_at_work() -> QuerySet[Release]:
    return Release.objects.coming()[:AT_WORK]


@register.simple_tag
def coming_edition(output: Output) -> Edition | None:
    """Its newest that is not out, with its place in a release."""
    found = output.editions.filter(published_at=None, withdrawn_at=None)
    return found.select_related("release_item").first()
