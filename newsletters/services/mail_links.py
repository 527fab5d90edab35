"""The links of a mail to what is read on this site, with or without a mark.

Of the HTML part only what is followed is changed, never what is shown. An address with a
question of its own stays as it is.
"""

import re
from collections.abc import Set
from urllib.parse import urlsplit

from django.conf import settings

from newsletters.services import markable

# What ends a sentence and not the address before it.
AFTER = ".,;:!*"


def find(text: str, html: str) -> frozenset[str]:
    """The addresses in both parts that can carry a mark."""
    found = {one.rstrip(AFTER) for one in _in_text().findall(text)}
    found |= set(_in_html().findall(html))
    return frozenset(one for one in found if markable.find_view(urlsplit(one).path))


def number(html: str, addresses: Set[str]) -> int:
    """How many marks the HTML part takes."""
    return sum(one in addresses for one in _in_html().findall(html))


def mark_text(text: str, addresses: Set[str], mark: str) -> str:
    return _in_text().sub(lambda one: _marked(one[0], addresses, mark), text)


def mark_html(html: str, addresses: Set[str], mark: str) -> str:
    return _in_html().sub(lambda one: _marked(one[0], addresses, mark), html)


def _marked(found: str, addresses: Set[str], mark: str) -> str:
    address = found.rstrip(AFTER)
    return address + mark + found[len(address) :] if address in addresses else found


def _in_text() -> re.Pattern[str]:
    return re.compile(rf"""{re.escape(settings.SITE_URL)}/[^\s<>()\[\]"'?#]*+(?!\?)""")


def _in_html() -> re.Pattern[str]:
    return re.compile(rf"""(?<=href="){re.escape(settings.SITE_URL)}/[^"?#]*+(?!\?)""")
