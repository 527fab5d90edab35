"""Which hits are machines by what else happens around them: pure rules on many at once.

A mail's links that are followed all at once are followed by a scanner (`burst`), and so
are the links of many people's mails from one client (`storm`). How long after the mail
they come says nothing: scanners wait, and readers are quick.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

BURST, STORM = "burst", "storm"
RULES = (BURST, STORM)
# Different links of one delivery, within so many seconds.
BURST_LINKS, BURST_SECONDS = 3, 2.0
# Links of different deliveries from one client: an office behind one address is slower.
STORM_LETTERS, STORM_SECONDS = 5, 5.0
# The opening that a burst came with is at most so far before it.
OPENING_SECONDS = 60.0
# What a client asks for so soon after belongs to it: the pages that its links led to.
AFTER_SECONDS = 2.0
# So far apart two hits can bear on each other.
REACH = OPENING_SECONDS + 2 * STORM_SECONDS + AFTER_SECONDS


class Seen(NamedTuple):
    """What these rules know of a hit; `letter` is None where no delivery is known."""

    at: float
    client: Hashable
    letter: Hashable
    link: Hashable
    is_opening: bool = False


class Span(NamedTuple):
    """Places of the first and the last of a crowd."""

    first: int
    last: int


def machines(seen: Sequence[Seen]) -> dict[int, str]:
    """{place in `seen`: rule} of the machines. `seen` is in order of time."""
    by_client: dict[Hashable, list[int]] = defaultdict(list)
    by_letter: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(seen):
        by_client[one.client].append(place)
        if one.letter is not None:
            by_letter[one.letter].append(place)
    storms = _storms(seen, by_client)
    bursts = _bursts(seen, by_letter, by_client)
    return dict.fromkeys(storms, STORM) | dict.fromkeys(bursts, BURST)


def _bursts(
    seen: Sequence[Seen],
    by_letter: dict[Hashable, list[int]],
    by_client: dict[Hashable, list[int]],
) -> Iterator[int]:
    for places in by_letter.values():
        links = [place for place in places if not seen[place].is_opening]
        different = [(place, seen[place].link) for place in links]
        for span in _crowds(seen, different, BURST_SECONDS, BURST_LINKS):
            inside = [place for place in links if span.first <= place <= span.last]
            yield from inside
            yield from _opening_before(seen, places, span)
            for client in {seen[place].client for place in inside}:
                yield from _alongside(seen, by_client[client], span)


def _storms(
    seen: Sequence[Seen], by_client: dict[Hashable, list[int]]
) -> Iterator[int]:
    for places in by_client.values():
        different = [
            (place, seen[place].letter)
            for place in places
            if seen[place].letter is not None and not seen[place].is_opening
        ]
        for span in _crowds(seen, different, STORM_SECONDS, STORM_LETTERS):
            yield from _alongside(seen, places, span)


def _crowds(
    seen: Sequence[Seen],
    different: Sequence[tuple[int, Hashable]],
    seconds: float,
    most: int,
) -> Iterator[Span]:
    """Where `most` different ones fall within `seconds`; those that overlap are one."""
    within: Counter[Hashable] = Counter()
    start, span = 0, None
    for place, what in different:
        within[what] += 1
        # Moments are kept to the microsecond, which floats of today are not.
        while round(seen[place].at - seen[different[start][0]].at, 4) > seconds:
            within -= Counter([different[start][1]])
            start += 1
        if len(within) < most:
            continue
        first = different[start][0]
        if span and first > span.last:
            yield span
            span = None
        span = Span(span.first if span else first, place)
    if span:
        yield span


def _opening_before(
    seen: Sequence[Seen], places: Sequence[int], span: Span
) -> Iterator[int]:
    before = [p for p in takewhile(span.first.__gt__, places) if seen[p].is_opening]
    earliest = seen[span.first].at - OPENING_SECONDS
    yield from (place for place in before[-1:] if seen[place].at >= earliest)


def _alongside(
    seen: Sequence[Seen], places: Sequence[int], span: Span
) -> Iterator[int]:
    """What the client at `places` asked for from the first of a crowd until shortly
    after the last."""
    until = seen[span.last].at + AFTER_SECONDS
    following = places[bisect_left(places, span.first) :]
    return takewhile(lambda place: seen[place].at <= until, following)
