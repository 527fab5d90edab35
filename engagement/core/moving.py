"""Rows with a `position`, one place up or down."""

from collections.abc import Sequence
from typing import Any


def move_row(rows: Sequence[Any], pk: int, *, up: bool) -> bool:
    """`rows` are all of them in their order, held by the caller. False where nothing
    moves: at the end of the list, and where the row was taken away meanwhile."""
    order = list(rows)
    at = next((i for i, row in enumerate(order) if row.pk == pk), None)
    if at is None:
        return False
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return False
    order[at], order[to] = order[to], order[at]
    for position, row in enumerate(order, start=1):
        row.position = position
        row.save(update_fields=["position"])
    return True
