"""What goes out with a release besides outputs: the apps above know, and say so here.

Each that has any registers in a `companions.py` of its own, found at start.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from engagement.outputs.models import Release


class Companion(NamedTuple):
    """`address` is where staff see to it; `obstacles` are sentences, none where it is
    ready."""

    title_en: str
    title_cy: str
    kind: str
    address: str
    obstacles: list[str]


class Source(NamedTuple):
    """`of` finds those of a release; `start` is called once it is out and committed. It
    may be lost in a crash: the app's own sweep looks for releases that are out."""

    of: Callable[[Release], Iterable[Companion]]
    start: Callable[[Release], None]


_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def of(release: Release) -> list[Companion]:
    return [one for source in _sources for one in source.of(release)]


def start(release: Release) -> None:
    for source in _sources:
        source.start(release)


def obstacles(found: Iterable[Companion]) -> Iterator[tuple[Companion, str]]:
    for companion in found:
        for sentence in companion.obstacles:
            yield companion, sentence
