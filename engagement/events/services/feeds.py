"""Atom (RFC 4287) of the events that are next or were changed last."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core import feeds
from engagement.core.bilingual import active, shown
from engagement.events.models import Event


def of_events(events: Iterable[Event], *, path: str, twin: str) -> feeds.Feed:
    """`path` is the feed's own address on the site, `twin` that in the other language."""
    feed = feeds.make(
        title=_("Events"), page=reverse("events:list"), path=path, twin=twin
    )
    for event in events:
        _add(feed, event)
    return feed


def _add(feed: feeds.Feed, event: Event) -> None:
    """The id is made of the event's own, which outlives a change of its address; each
    language has one, for readers that follow both."""
    title, lang = shown(event, "title")
    out_at = event.published_at or event.created_at
    context = {"event": event, "site_url": settings.SITE_URL}
    feed.add_item(
        title=title,
        link=settings.SITE_URL + event.get_absolute_url(),
        description=render_to_string("events/feed.html", context),
        unique_id=uuid.uuid5(event.uid, active()).urn,
        pubdate=out_at,
        updateddate=max(out_at, event.updated_at),
        categories=[str(event.get_kind_display())],
        lang=lang,
    )
