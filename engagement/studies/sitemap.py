from collections.abc import Iterator

from django.urls import reverse

from engagement.core.sitemap import Page, add_source, named
from engagement.studies.models import Study


def _pages() -> Iterator[Page]:
    yield from named("studies:list")
    for study in Study.objects.order_by("slug"):
        yield Page(study.get_absolute_url())
        yield Page(reverse("studies:glossary", args=[study.slug]))


add_source(_pages)
