"""Counts over time as SVG: a dot for each day or week, joined where none is missing."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engagement.core.charts import FILL, INK, SOFT

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 480, 230, 46, 10, 14, 30


class Point(NamedTuple):
    """`value` is None where it is hidden: the line has a gap there."""

    label: str
    value: int | None


def lines(title: str, description: str, points: Sequence[Point]) -> SafeString:
    """From nought, with the first and last label under it. Text is escaped."""
    most = max((point.value or 0 for point in points), default=0) or 1
    at = [(_x(i, len(points)), _y(point.value, most)) for i, point in enumerate(points)]
    body = _axes(points, most) + _joined(at)
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}"'
        f' height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="14"'
        f' fill="{INK}"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{body}</svg>"
    )


def _x(place: int, number: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + room * (place / (number - 1) if number > 1 else 0.5)


def _y(value: int | None, most: int) -> float | None:
    if value is None:
        return None
    return TOP + (HEIGHT - TOP - FOOT) * (1 - value / most)


def _axes(points: Sequence[Point], most: int) -> str:
    ground = HEIGHT - FOOT
    found = (
        f'<path d="M{LEFT} {TOP}V{ground}H{WIDTH - RIGHT}" stroke="{SOFT}" fill="none"/>'
        f'<path d="M{LEFT} {TOP}H{WIDTH - RIGHT}" stroke="{SOFT}"'
        f' stroke-dasharray="2 5" fill="none"/>'
        f'<text x="{LEFT - 6}" y="{TOP + 5}" text-anchor="end">{most}</text>'
        f'<text x="{LEFT - 6}" y="{ground + 5}" text-anchor="end">0</text>'
    )
    if not points:
        return found
    first, last = escape(points[0].label), escape(points[-1].label)
    found += f'<text x="{LEFT}" y="{HEIGHT - 8}">{first}</text>'
    if len(points) > 1:
        end = WIDTH - RIGHT
        found += f'<text x="{end}" y="{HEIGHT - 8}" text-anchor="end">{last}</text>'
    return found


def _joined(at: Sequence[tuple[float, float | None]]) -> str:
    found = ""
    for hidden, run in groupby(at, key=lambda point: point[1] is None):
        if hidden:
            continue
        spots = [f"{x:.1f} {y:.1f}" for x, y in run]
        path = "M" + "L".join(spots)
        found += f'<path d="{path}" stroke="{FILL}" stroke-width="2.5" fill="none"/>'
        if len(at) <= 60:
            found += "".join(
                f'<circle cx="{x}" cy="{y}" r="3.5" fill="{FILL}"/>'
                for x, y in (spot.split() for spot in spots)
            )
    return found
