"""Where a study's team reads its mail; whoever knows an address registers it."""

from collections.abc import Callable, Iterable

from engagement.studies.models import Study

Addresses = Callable[[Study], Iterable[str]]
_sources: list[Addresses] = []


def add_addresses(source: Addresses) -> None:
    """`source` gives the addresses that answers about a study go to."""
    _sources.append(source)


def addresses(study: Study | None) -> list[str]:
    """Each once; none where nobody has said any."""
    if study is None:
        return []
    return list(dict.fromkeys(one for source in _sources for one in source(study)))
