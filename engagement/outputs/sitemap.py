from collections.abc import Iterator

from engagement.core.sitemap import Page, add_source, named
from engagement.outputs.models import Edition, Output


def _pages() -> Iterator[Page]:
    yield from named("outputs:list")
    for output in Output.objects.listed().order_by("slug"):
        yield Page(output.get_absolute_url(), output.changed_at)
    editions = Edition.objects.current().select_related("output")
    for edition in editions.order_by("output__slug", "number"):
        yield Page(edition.get_absolute_url(), edition.output.changed_at)


add_source(_pages)
