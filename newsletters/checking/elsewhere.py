"""What other sites answered to the links, when they were last asked.

Only rows are read: a worker asks the sites (newsletters.services.link_checks). Where
there is no network, all of it stays a warning.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urldefrag

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletters.checking import addresses as own
from newsletters.checking import links
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.checking.structure import Structure
from newsletters.models import LinkCheck
from newsletters.models.link_checks import LONGEST_ADDRESS

# An older answer says nothing.
HOLDS = timedelta(days=7)
Reason = LinkCheck.Reason


def check(loaded: Loaded) -> Iterator[Finding]:
    rows = kept(addresses(loaded))
    for text, lang, read in loaded.written():
        unseen = []
        for address in _of(read):
            row = rows.get(address)
            if row is None or row.checked_at < timezone.now() - HOLDS:
                unseen.append(address)
            elif row.reason != Reason.FINE:
                yield text.found(*_judged(row), lang)
        if unseen:
            sentence = _("Not looked at yet, or not lately: %(addresses)s.")
            named = {"addresses": ", ".join(unseen)}
            yield text.found("links.unseen", WARN, sentence % named, lang)


def addresses(loaded: Loaded) -> list[str]:
    """Each address on another site once, in the order they are read."""
    every = (
        address for _text, _lang, read in loaded.written() for address in _of(read)
    )
    return list(dict.fromkeys(every))


def kept(asked: Iterable[str]) -> dict[str, LinkCheck]:
    """What is known of them."""
    found = LinkCheck.objects.filter(address__in=list(asked))
    return {row.address: row for row in found}


def _of(read: Structure) -> list[str]:
    """Without what other checks refuse by the address alone."""
    found = [urldefrag(href).url for href, _words in read.links if _is_elsewhere(href)]
    return [one for one in dict.fromkeys(found) if len(one.encode()) <= LONGEST_ADDRESS]


def _is_elsewhere(href: str) -> bool:
    if own.own_path(href) is not None or not href.lower().startswith(
        ("http:", "https:")
    ):
        return False
    wrong = links.judge(href)
    return wrong is None or wrong[1] != BLOCK


def _judged(row: LinkCheck) -> tuple[str, str, str]:
    """Code, level and sentence."""
    sentence = f"{row.address}: {row.get_reason_display()}"
    if row.reason in {Reason.GONE, Reason.NO_HOST}:
        return "links.broken", BLOCK, sentence
    return "links.doubtful", WARN, sentence
