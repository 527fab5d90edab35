"""What pages show of events, by name."""

from typing import NamedTuple

from django import template
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from engagement.events import exports, queries
from engagement.events.models import Answer, Event, Registration, Session, Speaker
from engagement.events.services import tickets, times
from engagement.studies.models import Study

register = template.Library()
register.simple_tag(times.in_words, name="event_when")
register.simple_tag(queries.clashes_of)


@register.filter
def answered(answer: Answer) -> str:
    """What somebody answered, in words."""
    return exports.answer_text(answer)


class Programme(NamedTuple):
    sessions: list[Session]
    # Of the event as a whole.
    speakers: list[Speaker]


@register.simple_tag
def events_of(study: Study) -> QuerySet[Event]:
    return Event.objects.listed().for_study(study).with_counts().in_sections()


@register.simple_tag
def programme_of(event: Event) -> Programme:
    speakers = Speaker.objects.select_related("organisation")
    sessions = event.sessions.with_chosen()
    return Programme(
        list(sessions.prefetch_related(Prefetch("speakers", speakers))),
        list(speakers.filter(event=event, session=None)),
    )


@register.simple_tag
def others_of(event: Event) -> QuerySet[Event]:
    """What the public may see of the rest of its series, soonest first."""
    if event.series_id is None:
        return Event.objects.none()
    others = Event.objects.listed().filter(series=event.series_id).with_counts()
    return others.exclude(pk=event.pk).order_by("starts_at", "pk")


@register.simple_tag
def ticket_url(registration: Registration) -> str:
    """A page that names nobody, with the code to show at the door."""
    return reverse("events:ticket", args=[tickets.token(registration)])
