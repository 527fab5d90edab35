"""What an article leads to on the site is out, still ahead, and there once."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events.models import Event
from engagement.outputs.models import Output
from newsletters.checking import links
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.models import Article, Link


def check(loaded: Loaded) -> Iterator[Finding]:
    for article in loaded.articles:
        yield from _twice(loaded, article)
        for link in article.links.all():
            yield from _picked(loaded, article, link)
    yield from _typed(loaded)


def _picked(loaded: Loaded, article: Article, link: Link) -> Iterator[Finding]:
    output, event = link.output, link.event
    if output and not (_is_out(output) or output.slug in loaded.coming):
        sentence = _("“%(title)s” is not published: readers would find nothing.")
        named = {"title": shown(output, "title").text}
        yield loaded.found(
            "links.unpublished", BLOCK, sentence % named, article, "links"
        )
    if event and event.status == Event.Status.DRAFT:
        sentence = _("“%(title)s” is not published: readers would find nothing.")
        named = {"title": shown(event, "title").text}
        yield loaded.found(
            "links.unpublished", BLOCK, sentence % named, article, "links"
        )
    elif event and (sentence := _over(event)):
        yield loaded.found("links.event", WARN, sentence, article, "links")


def _is_out(output: Output) -> bool:
    return output.status == Output.Status.PUBLISHED


def _typed(loaded: Loaded) -> Iterator[Finding]:
    found = [
        link
        for link in links.typed(loaded)
        if link.match and link.match.view_name in {"events:detail", "events:register"}
    ]
    rows = Event.objects.listed().filter(slug__in=[link.key for link in found])
    events = {event.slug: event for event in rows} if found else {}
    for link in found:
        if (event := events.get(link.key)) and (sentence := _over(event)):
            yield link.text.found("links.event", WARN, sentence, link.language)


def _over(event: Event) -> str:
    named = {"title": shown(event, "title").text}
    if event.status in {Event.Status.CANCELLED, Event.Status.NOT_HELD}:
        return _("The event “%(title)s” does not take place.") % named
    end = event.ends_at or event.starts_at
    if event.status == Event.Status.HELD or (end and end < timezone.now()):
        return _("The event “%(title)s” is over.") % named
    return ""


def _twice(loaded: Loaded, article: Article) -> Iterator[Finding]:
    seen = set()
    for link in article.links.all():
        target = (link.output_id, link.event_id, link.ask_id)
        if target in seen:
            sentence = _("The article leads to the same thing twice.")
            yield loaded.found("links.twice", WARN, sentence, article, "links")
        seen.add(target)
