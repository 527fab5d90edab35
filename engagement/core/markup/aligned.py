"""Tables in plain words."""

import textwrap
from collections.abc import Sequence

BETWEEN = "  "


def table(rows: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> str:
    """The rows under each other, the first being the heads; columns in `right` end
    where the others begin. A table that is too broad is told row by row.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(BETWEEN) * (len(widths) - 1) > width:
        return "\n\n".join(_told(rows[0], row, width) for row in rows[1:])
    rule = BETWEEN.join("-" * size for size in widths)
    lines = [_line(row, widths, right) for row in rows]
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    columns = zip(cells, widths, right, strict=True)
    placed = [c.rjust(size) if end else c.ljust(size) for c, size, end in columns]
    return BETWEEN.join(placed).rstrip()


def _told(heads: Sequence[str], row: Sequence[str], width: int) -> str:
    lines = [f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell]
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=BETWEEN,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    )
