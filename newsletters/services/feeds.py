"""Atom (RFC 4287) in the reader's language: a newsletter's issues, a study's articles."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Enclosure

from engagement.core import feeds
from engagement.core.bilingual import active, shown
from engagement.studies.models import Study
from newsletters import queries
from newsletters.models import Article, Correction, Issue, Newsletter

NEWEST = 50


def of_newsletter(newsletter: Newsletter, *, path: str, twin: str) -> feeds.Feed:
    """`path` is the feed's own address on the site, `twin` that in the other language."""
    feed = _feed(newsletter, path, twin, shown(newsletter, "sender_name").text)
    for issue in queries.for_feed(newsletter)[:NEWEST]:
        places = issue.places.all()
        about = [issue, *(place.article for place in places)]
        corrections = _corrections(about, issue.out_at)
        context = {"issue": issue, "places": places, "corrections": corrections}
        _add(feed, issue, issue.out_at, _latest(corrections), context)
    return feed


def of_study(study: Study, *, path: str, twin: str) -> feeds.Feed:
    """The articles about the study that are out, in whatever newsletter."""
    author = shown(study, "lead").text or shown(study, "title").text
    feed = _feed(study, path, twin, author)
    for article in queries.out_of_study(study)[:NEWEST]:
        corrections = list(article.corrections.all())
        changes = [_latest(corrections), queries.changed_at(article)]
        context = {"article": article, "corrections": corrections}
        _add(
            feed,
            article,
            article.public_at,
            max(filter(None, changes), default=None),
            context,
        )
    return feed


def _feed(thing: Newsletter | Study, path: str, twin: str, author: str) -> feeds.Feed:
    return feeds.make(
        title=shown(thing, "title").text,
        page=thing.get_absolute_url(),
        path=path,
        twin=twin,
        author=author,
    )


def _add(
    feed: feeds.Feed,
    thing: Issue | Article,
    out_at: datetime,
    changed_at: datetime | None,
    context: dict[str, Any],
) -> None:
    """The address never changes, and each language has its own: it is the entry's id."""
    title, lang = shown(thing, "title")
    kind = thing._meta.model_name
    feed.add_item(
        title=title,
        link=settings.SITE_URL + thing.get_absolute_url(),
        description=render_to_string(
            f"newsletters/feed/{kind}.html", context | {"site_url": settings.SITE_URL}
        ),
        unique_id=settings.SITE_URL + thing.get_absolute_url(),
        pubdate=out_at,
        updateddate=max(out_at, changed_at or out_at),
        enclosures=_enclosures(thing, out_at) if isinstance(thing, Issue) else [],
        lang=lang,
    )


def _enclosures(issue: Issue, out_at: datetime) -> list[Enclosure]:
    """The PDF in the feed's language."""
    path = [issue.newsletter.slug, issue.slug, active()]
    address = settings.SITE_URL + reverse("newsletters:document", args=path)
    return [
        Enclosure(address, str(document.size), "application/pdf")
        for document in issue.documents.all()
        if document.language == active() and document.made_at >= out_at
    ]


def _corrections(things: list[Any], since: datetime) -> list[Correction]:
    found = [each for thing in things for each in thing.corrections.all()]
    return [each for each in found if each.at >= since]


def _latest(corrections: list[Correction]) -> datetime | None:
    return max((each.at for each in corrections), default=None)
