from collections.abc import Iterator

from django.urls import reverse

from engagement.core.sitemap import Page, add_source, named
from engagement.events.models import Event


def _pages() -> Iterator[Page]:
    yield from named("events:list", "events:calendar")
    for event in Event.objects.listed().order_by("slug"):
        yield Page(event.get_absolute_url(), event.updated_at)
        if event.summary_published_at:
            yield Page(reverse("events:summary", args=[event.slug]), event.updated_at)


add_source(_pages)
