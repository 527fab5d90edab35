"""Atom (RFC 4287) in two languages."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from engagement.core.bilingual import active, other

# When a feed without entries was last changed: the same at each request.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """Atom that names its twin in the other language, whose entries say their language,
    and whose time stands still while it is empty."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        link = {"rel": "alternate", "hreflang": other(active())}
        link |= {"type": "application/atom+xml", "href": self.feed["twin"]}
        handler.addQuickElement("link", "", link)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def make(*, title: str, page: str, path: str, twin: str, author: str = "Dolen") -> Feed:
    """An empty one in the reader's language. The addresses are on this site: `page` is
    what it is about, `path` its own, `twin` that in the other language."""
    return Feed(
        title=title,
        link=settings.SITE_URL + page,
        description=None,
        language=active(),
        author_name=author,
        feed_url=settings.SITE_URL + path,
        feed_guid=settings.SITE_URL + path,
        twin=settings.SITE_URL + twin,
    )
