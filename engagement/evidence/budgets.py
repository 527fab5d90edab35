"""Money that research influenced. Entries may speak of the same money, so nothing here
adds amounts up: an overlap group has a list and the largest of it."""

from collections.abc import Iterable
from typing import NamedTuple

from engagement.evidence.models import EvidenceOfUse, OverlapGroup


class Overlap(NamedTuple):
    """`largest` is None where no entry of the group gives an amount."""

    group: OverlapGroup
    uses: list[EvidenceOfUse]
    largest: int | None


def overlaps(uses: Iterable[EvidenceOfUse]) -> list[Overlap]:
    """Of these entries, each group with its entries; they have `overlap` at hand."""
    found: dict[OverlapGroup, list[EvidenceOfUse]] = {}
    for use in uses:
        if use.overlap:
            found.setdefault(use.overlap, []).append(use)
    return [Overlap(group, rows, _largest(rows)) for group, rows in found.items()]


def _largest(uses: list[EvidenceOfUse]) -> int | None:
    return max((u.budget_gbp for u in uses if u.budget_gbp is not None), default=None)
