"""What anybody may read, for search engines (https://www.sitemaps.org/protocol.html).

The apps know their pages and say so in a `sitemap.py` of their own, found at start.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from engagement.core.bilingual import LANGUAGES

# Each page is there in two languages, and a map has 50,000 addresses at most.
MOST = 20_000


class Page(NamedTuple):
    """`path` in whatever language is active; `changed_at` where that is known."""

    path: str
    changed_at: datetime | None = None


class Entry(NamedTuple):
    """A page in both languages."""

    addresses: dict[str, str]
    changed_at: datetime | None


# Only pages that answer whoever asks: nothing that is not out.
Source = Callable[[], Iterable[Page]]

_sources: list[Source] = []


def add_source(source: Source) -> None:
    _sources.append(source)


def named(*names: str) -> Iterator[Page]:
    """Pages that are always there."""
    return (Page(reverse(name)) for name in names)


def entries() -> list[Entry]:
    """All of them, in the same order as long as nothing comes or goes."""
    with translation.override("en"):
        pages = [page for source in _sources for page in source()]
    return [Entry(_addresses(page.path), page.changed_at) for page in pages]


def _addresses(path: str) -> dict[str, str]:
    rest = path.removeprefix("/en/")
    return {lang: f"{settings.SITE_URL}/{lang}/{rest}" for lang in LANGUAGES}
