from collections.abc import Iterator

from django.urls import reverse

from engagement.core.sitemap import Page, add_source, named
from engagement.groups import page
from engagement.groups.models import Group, Meeting


def _pages() -> Iterator[Page]:
    yield from named("groups:list", "groups:decisions")
    out = Meeting.objects.filter(minutes_public=True).values_list("group", flat=True)
    with_minutes = set(out)
    for group in Group.objects.order_by("slug"):
        yield Page(group.get_absolute_url())
        for meeting in page.published(group) if group.pk in with_minutes else ():
            arguments = [group.slug, meeting.pk]
            yield Page(reverse("groups:public_minutes", args=arguments))


add_source(_pages)
