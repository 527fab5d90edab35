"""What tables and JSON say alike: the header, and identifiers in the form of 3.2."""

import re
from datetime import UTC

from django.conf import settings
from django.utils import timezone

from engagement.metrics.counter.asking import WORLD
from engagement.metrics.items import Author, Item

RELEASE = "5.1"
DOI = re.compile(r"10\.[1-9]\d{2}[\d.]*/.+")
ISBN = re.compile(r"(?=.{17}$)97[89]-\d+-\d+-\d+-\d")
ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
MOST_AUTHORS = 3


def created() -> str:
    """Now (RFC 3339)."""
    return f"{timezone.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def institution() -> str:
    return f"{settings.COUNTER_PLATFORM_ID}:{WORLD}"


def identifiers(
    item: Item, kind: str = "", number: int | None = None
) -> dict[str, str]:
    """By their names in the standard; what has not the form of one is left out."""
    found = {
        "DOI": item.doi if DOI.fullmatch(item.doi) else "",
        "Proprietary": _own(kind, number),
        "ISBN": item.isbn if ISBN.fullmatch(item.isbn) else "",
        "Online_ISSN": item.issn if ISSN.fullmatch(item.issn) else "",
        "URI": f"{settings.SITE_URL}{item.address}" if item.address else "",
    }
    return {name: value for name, value in found.items() if value}


def _own(kind: str, number: int | None) -> str:
    if number is None:
        return ""
    return f"{settings.COUNTER_PLATFORM_ID}:{kind}-{number}"


def authors(item: Item) -> tuple[Author, ...]:
    """No more than three (Table 3.i)."""
    return item.authors[:MOST_AUTHORS]


def publisher(item: Item) -> str:
    return item.publisher or str(settings.COUNTER_PLATFORM)
