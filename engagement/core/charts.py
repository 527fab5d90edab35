"""Bar charts as SVG, made on the server: the same in the page and in the PDF."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, LABEL, ROW, BAR = 640, 230, 34, 20
ROOM = WIDTH - LABEL - 70
INK, FILL, WHISKER = "#14211f", "#0d4f4a", "#e0a100"


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


def bars(title: str, description: str, rows: Sequence[Bar]) -> Chart:
    """Horizontal bars from nought; whiskers where a row has `low` and `high`.

    Text is escaped. Colours are attributes, not styles, so that the content security
    policy allows them.
    """
    most = max([row.high or row.value or 0 for row in rows], default=0) or 1
    height = ROW * len(rows) + 8
    body = "".join(_bar(row, i * ROW + 8, ROOM / most) for i, row in enumerate(rows))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" font-size="14" fill="{INK}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{body}</svg>"
    )
    return Chart(title, rows, mark_safe(svg))  # noqa: S308 - every text is escaped


def _bar(row: Bar, top: float, scale: float) -> str:
    middle = top + BAR / 2
    label = (
        f'<text x="{LABEL - 10}" y="{middle + 5:.1f}" text-anchor="end">'
        f"{escape(row.label)}</text>"
    )
    if row.value is None:
        return label + _text(LABEL, middle, row.shown)
    length = row.value * scale
    end = max(length, (row.high or 0) * scale)
    rect = f'<rect x="{LABEL}" y="{top:.1f}" width="{length:.1f}" height="{BAR}" fill="{FILL}"/>'
    return (
        label
        + rect
        + _whisker(row, middle, scale)
        + _text(LABEL + end + 8, middle, row.shown)
    )


def _whisker(row: Bar, middle: float, scale: float) -> str:
    if row.low is None or row.high is None:
        return ""
    low, high = LABEL + row.low * scale, LABEL + row.high * scale
    path = f"M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 5}v10M{high:.1f} {middle - 5}v10"
    return f'<path d="{path}" stroke="{WHISKER}" stroke-width="2.5" fill="none"/>'


def _text(x: float, middle: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{middle + 5:.1f}">{escape(text)}</text>'
