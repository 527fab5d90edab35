"""Small counts of people are hidden, and whatever would give them away."""

from collections.abc import Sequence

FEWEST = 5


def suppress(counts: Sequence[int]) -> list[int | None]:
    """The parts of a total that is shown; None where a part is hidden.

    Counts from 1 to 4 are hidden; a nought says nothing about anybody and stays. When
    exactly one is hidden, the total would give it away, so the smallest other count
    goes with it (secondary suppression; GSS, Guidance for tables produced from
    administrative sources, 2014). The same where all the hidden ones can only be 1.
    """
    hidden = {i for i, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted(
        (i for i, count in enumerate(counts) if count >= FEWEST),
        key=lambda i: counts[i],
    )
    while hidden and others and _can_be_told(counts, hidden):
        hidden.add(others.pop(0))
    if hidden and _can_be_told(counts, hidden):
        # Nothing else is left to hide behind: noughts go too.
        hidden |= set(range(len(counts)))
    return [None if i in hidden else count for i, count in enumerate(counts)]


def _can_be_told(counts: Sequence[int], hidden: set[int]) -> bool:
    """One alone is the total less the rest; as many as their sum are each one."""
    return len(hidden) == 1 or sum(counts[i] for i in hidden) <= len(hidden)
