"""Atom (RFC 4287) of what was published last, in the reader's language."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _

from engagement.core import feeds
from engagement.core.bilingual import active, shown
from engagement.outputs.models import Output


def of_outputs(outputs: Iterable[Output], *, path: str, twin: str) -> feeds.Feed:
    """`path` is the feed's own address on the site, `twin` that in the other language."""
    feed = feeds.make(
        title=_("Published outputs"), page=reverse("outputs:list"), path=path, twin=twin
    )
    for output in outputs:
        _add(feed, output)
    return feed


def _add(feed: feeds.Feed, output: Output) -> None:
    """The address never changes, and each language has its own: it is the entry's id."""
    title, lang = shown(output, "title")
    address = settings.SITE_URL + output.get_absolute_url()
    out_at = output.published_at or output.changed_at
    context = {"output": output, "site_url": settings.SITE_URL}
    names = [str(author) for author in output.authors.all()]
    feed.add_item(
        title=title,
        link=address,
        description=render_to_string("outputs/feed.html", context),
        unique_id=address,
        author_name="; ".join(names) or output.publisher or None,
        pubdate=out_at,
        updateddate=max(out_at, output.changed_at),
        categories=[str(output.get_kind_display())],
        enclosures=_enclosures(output),
        lang=lang,
    )


def _enclosures(output: Output) -> list[Enclosure]:
    """The files of the newest edition, in the feed's language."""
    standing = [e for e in output.editions.all() if e.published_at]
    if not standing or standing[0].withdrawn_at:
        return []
    return [
        Enclosure(
            settings.SITE_URL + reverse("outputs:download", args=[file.pk]),
            str(file.size),
            file.content_type,
        )
        for file in standing[0].files.all()
        if file.language in (active(), "both")
    ]
