"""The release calendar for calendars (RFC 5545), and news for readers (RFC 4287)."""

import uuid
from collections.abc import Iterable
from datetime import UTC, timedelta

import icalendar
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core import feeds
from engagement.core.bilingual import shown
from engagement.outputs.models import Release

PRODID = "-//Dolen//Releases//EN"
# How often a program should ask for it again.
AGAIN_AFTER = timedelta(hours=6)
STATES = {
    Release.State.CONFIRMED: "CONFIRMED",
    Release.State.PUBLISHED: "CONFIRMED",
    Release.State.CANCELLED: "CANCELLED",
}


def calendar(releases: Iterable[Release]) -> bytes:
    """Those with a day, with their changes at hand. A month is in no file: it would stand
    on a day that nobody named. What was called off is there at the day that it lost."""
    whole = icalendar.Calendar()
    whole.add("prodid", PRODID)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    name = _("Dolen releases")
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("refresh-interval", AGAIN_AFTER, parameters={"value": "DURATION"})
    for release in releases:
        if entry := _entry(release):
            whole.add_component(entry)
    return bytes(whole.to_ical())


def news(releases: Iterable[Release], *, path: str, twin: str) -> feeds.Feed:
    """Of what is out, the newest first. `path` is the feed's own address."""
    feed = feeds.make(
        title=_("Dolen: new releases"),
        page=reverse("outputs:releases"),
        path=path,
        twin=twin,
    )
    for release in releases:
        _add(feed, release)
    return feed


def _add(feed: feeds.Feed, release: Release) -> None:
    title, lang = shown(release, "title")
    address = settings.SITE_URL + release.get_absolute_url()
    context = {"release": release, "site_url": settings.SITE_URL}
    feed.add_item(
        title=title,
        link=address,
        description=render_to_string("outputs/releases/feed.html", context),
        unique_id=uuid.uuid5(uuid.NAMESPACE_URL, address).urn,
        pubdate=release.published_at,
        updateddate=release.published_at,
        lang=lang,
    )


def _entry(release: Release) -> icalendar.Event | None:
    changes = list(release.changes.all())
    last = changes[-1] if changes else None
    at = release.publish_at
    if release.state == Release.State.CANCELLED and last:
        at = last.old_at
    if at is None or release.state not in STATES or last is None:
        return None
    entry = icalendar.Event()
    address = settings.SITE_URL + reverse("outputs:release", args=[release.slug])
    entry.add("uid", f"release-{release.pk}@{settings.MAIL_DOMAIN}")
    entry.add("sequence", len(changes))
    entry.add("dtstamp", last.at)
    entry.add("last-modified", last.at)
    entry.add("dtstart", at.astimezone(UTC))
    title = shown(release, "title")
    entry.add("summary", title.text, parameters={"language": title.lang})
    if last.reason_en:
        entry.add("description", shown(last, "reason").text)
    entry.add("url", address)
    entry.add("status", STATES[Release.State(release.state)])
    entry.add("transp", "TRANSPARENT")
    return entry
