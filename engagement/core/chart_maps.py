"""Heat maps as SVG: a table whose cells are darker the more is in them.

The picture goes beside its table, as all charts do. What is in a cell is also written in
it, so nothing is told by colour alone; hatching and dashes are drawn, not filled in, as
patterns need names, which two charts of a page would share.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engagement.core.charts import INK, SOFT
from engagement.core.lettering import wrapped

LABEL, CELL, ROW, HEAD = 176, 52, 44, 150
# From few to many; the letters on the darker two are white.
SHADES = ("#e2f0ec", "#a9d3c8", "#3f8f84", "#0b4f4a")
LIGHT = 2
GAP, HATCH = "#a4161a", "#8a9a95"


class Spot(NamedTuple):
    """`value` is None where it is hidden; `wanted` where somebody is meant to be there."""

    value: int | None
    shown: str
    wanted: bool = False


def heat(
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Spot]]],
) -> SafeString:
    """Nought is blank; a hidden count is hatched; what is wanted and nought has a red,
    broken edge. Text is escaped."""
    counts = [spot.value or 0 for _label, spots in rows for spot in spots]
    most = max(counts, default=0) or 1
    width = LABEL + CELL * len(columns) + 2
    height = HEAD + ROW * len(rows) + 2
    body = "".join(_head(name, place) for place, name in enumerate(columns))
    for place, (label, spots) in enumerate(rows):
        top = HEAD + place * ROW
        body += _label(label, top)
        body += "".join(
            _spot(s, LABEL + i * CELL, top, most) for i, s in enumerate(spots)
        )
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}" font-size="14"'
        f' fill="{INK}"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{body}</svg>"
    )


def _head(name: str, place: int) -> str:
    """Upright would not fit: it runs up the column."""
    left = LABEL + place * CELL + CELL / 2
    lines = wrapped(name, 19)
    first = left + 5 - 8 * (len(lines) - 1)
    return "".join(
        f'<text transform="translate({first + 16 * i:.0f} {HEAD - 8}) rotate(-90)">'
        f"{escape(line)}</text>"
        for i, line in enumerate(lines)
    )


def _label(label: str, top: float) -> str:
    lines = wrapped(label, 23)
    first = top + ROW / 2 + 5 - 8 * (len(lines) - 1)
    return "".join(
        f'<text x="0" y="{first + 16 * i:.0f}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )


def _spot(spot: Spot, left: float, top: float, most: int) -> str:
    gap = spot.wanted and spot.value == 0
    shade = _shade(spot.value, most)
    fill = "#ffffff" if shade is None else SHADES[shade]
    edge = f'stroke="{GAP}" stroke-width="2.5" stroke-dasharray="5 3"'
    line = edge if gap else f'stroke="{SOFT}" stroke-width="1"'
    inset = 3 if gap else 1
    box = (
        f'<rect x="{left + inset}" y="{top + inset}" width="{CELL - 2 * inset}"'
        f' height="{ROW - 2 * inset}" fill="{fill}" {line}/>'
    )
    if spot.value is None:
        return box + _hatched(left + 1, top + 1)
    ink = "#ffffff" if shade is not None and shade >= LIGHT else INK
    return box + (
        f'<text x="{left + CELL / 2}" y="{top + ROW / 2 + 5}" text-anchor="middle"'
        f' fill="{ink}">{escape(spot.shown)}</text>'
    )


def _shade(value: int | None, most: int) -> int | None:
    """By quarters of the most; None where nothing is filled in."""
    if not value:
        return None
    return min(int(len(SHADES) * value / most), len(SHADES) - 1)


def _hatched(left: float, top: float) -> str:
    path = "".join(
        f"M{left + step:.0f} {top + ROW - 2:.0f}l14 -{ROW - 2}"
        for step in range(2, CELL - 16, 9)
    )
    return f'<path d="{path}" stroke="{HATCH}" stroke-width="1.5" fill="none"/>'
