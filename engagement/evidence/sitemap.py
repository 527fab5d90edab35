from collections.abc import Iterator

from django.urls import reverse

from engagement.core.sitemap import Page, add_source
from engagement.studies.models import Study


def _pages() -> Iterator[Page]:
    for slug in Study.objects.order_by("slug").values_list("slug", flat=True):
        yield Page(reverse("evidence:list", args=[slug]))


add_source(_pages)
