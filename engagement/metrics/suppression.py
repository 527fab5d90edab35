"""Small counts of people are hidden, and whatever would give them away."""

from collections.abc import Sequence

FEWEST = 5


def suppress(counts: Sequence[int]) -> list[int | None]:
    """The parts of a total of five or more that is shown; None where one is hidden.

    Counts from 1 to 4 are hidden; a nought says nothing about anybody and stays. Where
    the total would give them away, the smallest other count goes too, then the next
    (secondary suppression; GSS, Disclosure control guidance for tables produced from
    administrative sources, 2014), noughts last. Equal counts go together: which of two
    went would tell which was small.
    """
    hidden = set(range(1, FEWEST))
    others = [*sorted({count for count in counts if count >= FEWEST}), 0]
    while others and _can_be_told([c for c in counts if c in hidden], others):
        hidden.add(others.pop(0))
    return [None if count in hidden else count for count in counts]


def _can_be_told(small: Sequence[int], others: Sequence[int]) -> bool:
    """Whether the sum of what is hidden leaves one answer: one count alone, or several
    that are all as low or all as high as they can be. Where only noughts could join
    them, 2 + 1 + 1 goes with them as well, else it would be missed beside 1 + 1 + 1."""
    if not small:
        return False
    lowest = len(small) + (others == [0])
    highest = (FEWEST - 1) * len(small)
    all_highest = sum(small) == highest and max(small) < FEWEST
    return len(small) == 1 or sum(small) <= lowest or all_highest
