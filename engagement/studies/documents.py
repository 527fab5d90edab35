"""What the documents of a study are: the apps above know, and say so here.

Each that has any registers a source in a `documents.py` of its own, found at start.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from engagement.studies.models import Study


class Document(NamedTuple):
    """Something with an address of its own; `key` is what is kept of it."""

    key: str
    title_en: str
    title_cy: str
    url: str


# Those of a study and of none; only what anybody may read.
Source = Callable[[Study | None], Iterable[Document]]

_sources: list[Source] = []


def add_source(source: Source) -> None:
    _sources.append(source)


def of(study: Study | None) -> list[Document]:
    """Those of the study, and those of no study."""
    return [one for source in _sources for one in source(study)]
