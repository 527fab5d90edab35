"""Bar charts as SVG, made on the server: the same in the page and in the PDF."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Narrow, so that a phone need not shrink the letters much.
WIDTH, ROW, BAR, TEXT = 480, 54, 20, 16
LEFT, ROOM = 2, WIDTH - 8
INK, FILL, SOFT = "#10211e", "#14786f", "#475753"


class Bar(NamedTuple):
    """`value` is None where it is hidden; `shown` is what the reader is told."""

    label: str | Promise
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None


class Chart(NamedTuple):
    """For components/chart.html: the picture, and its table beside it."""

    title: str
    bars: Sequence[Bar]
    svg: SafeString


def bars(
    title: str, description: str, rows: Sequence[Bar], full: float | None = None
) -> Chart:
    """Horizontal bars from nought; whiskers where a row has `low` and `high`.

    `full` is what the whole width stands for, so that several charts can be compared;
    without it, the largest value.

    Text is escaped. Colours are attributes, not styles, so that the content security
    policy allows them.
    """
    most = full or max((row.high or row.value or 0 for row in rows), default=0) or 1
    height = ROW * len(rows)
    body = "".join(_row(row, i * ROW, most) for i, row in enumerate(rows))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}"'
        f' height="{height}" viewBox="0 0 {WIDTH} {height}" font-size="{TEXT}"'
        f' fill="{INK}"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{body}</svg>"
    )
    return Chart(title, rows, mark_safe(svg))  # noqa: S308 - every text is escaped


def _row(row: Bar, top: float, most: float) -> str:
    """The label and what is told in one line, the bar in the next."""
    words = (
        f'<text x="0" y="{top + TEXT}">{escape(row.label)}</text>'
        f'<text x="{WIDTH}" y="{top + TEXT}" text-anchor="end" fill="{SOFT}">'
        f"{escape(row.shown)}</text>"
    )
    return words + _bar(row, top + TEXT + 7, most)


def _bar(row: Bar, top: float, most: float) -> str:
    start = f'<path d="M1 {top - 2}v{BAR + 4}" stroke="{SOFT}" stroke-width="2"/>'
    if row.value is None:
        return start
    length = max(row.value / most * ROOM, 0)
    bar = (
        f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}"'
        f' fill="{FILL}"/>'
    )
    return bar + start + _whisker(row, top + BAR / 2, most)


def _whisker(row: Bar, middle: float, most: float) -> str:
    """Ink on a white edge, which is seen on the bar and beyond it."""
    if row.low is None or row.high is None:
        return ""
    low, high = (LEFT + end / most * ROOM for end in (row.low, row.high))
    end = f"{middle - 5:.1f}v10"
    path = f"M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {end}M{high:.1f} {end}"
    return "".join(
        f'<path d="{path}" stroke="{colour}" stroke-width="{width}" fill="none"/>'
        for colour, width in (("#ffffff", 6), (INK, 2))
    )
