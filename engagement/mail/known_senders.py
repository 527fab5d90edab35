"""Who sends with us: each app says its own senders in a `senders.py`, found at start."""

from collections.abc import Callable, Iterable
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings


class Sender(NamedTuple):
    """An address in From, and the one in the envelope, where bounces go. `sample` gives
    a mail as it would leave, None where there is none to show."""

    address: str
    envelope: str
    sample: Callable[[], bytes | None] | None = None


_sources: list[Callable[[], Iterable[Sender]]] = []


def add(source: Callable[[], Iterable[Sender]]) -> None:
    _sources.append(source)


def senders() -> list[Sender]:
    """The site's own first, each once."""
    address = parseaddr(settings.MAIL_FROM)[1]
    found = [each for source in _sources for each in source()]
    return list(dict.fromkeys([Sender(address, address), *found]))
