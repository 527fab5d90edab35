"""Markdown that people type, as HTML that can do no harm and as plain words.

What can be typed is told in docs/markdown.md. The same text gives the same bytes.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engagement.core.markup import mailing, plain, shaping, web
from engagement.core.markup.drawing import Drawing, Drawn
from engagement.core.markup.limits import TooComplex, check
from engagement.core.markup.mailing import ChartUrl
from engagement.core.markup.painting import can_draw, png
from engagement.core.markup.parsing import Parsed, fit, parse
from engagement.core.markup.shaping import Picture, Pictures
from engagement.core.markup.web import TAGS, clean

__all__ = [
    "TAGS",
    "Drawing",
    "Drawn",
    "Parsed",
    "Picture",
    "Pictures",
    "TooComplex",
    "can_draw",
    "charts",
    "check",
    "clean",
    "mail",
    "png",
    "render",
    "text",
    "tree",
]


def render(
    text: str, pictures: Pictures | None = None, prefix: str = "", level: int = 2
) -> SafeString:
    """Safe HTML of `text`, for pages and PDF; links may be http, https or mailto.

    `prefix` begins the ids of notes, so that several texts can share a page. The
    highest heading becomes `level`, however it was typed, and none is passed over: the
    page has its own h1. What `check` would refuse is shown as it was typed.
    """
    try:
        check(text)
        return web.write(shaping.shape(text, pictures, level), prefix)
    except TooComplex as error:
        return _as_typed(str(error), text)


def mail(
    text: str,
    pictures: Pictures | None = None,
    chart_url: ChartUrl | None = None,
    level: int = 2,
) -> SafeString:
    """As `render`, with nothing but what mail programs bear, and whole addresses.

    `chart_url` gives the address of the picture of the chart with this number, in the
    order of `charts`; without it a chart is its table.
    """
    try:
        check(text)
        return mailing.write(shaping.shape(text, pictures, level), chart_url)
    except TooComplex as error:
        return _as_typed(str(error), text)


def text(text: str, pictures: Pictures | None = None, width: int = plain.WIDTH) -> str:
    """Plain words in lines of 72 letters, or of `width`; addresses and notes at the end."""
    try:
        check(text)
        return plain.write(shaping.shape(text, pictures), width)
    except TooComplex:
        return fit(text)


def charts(text: str) -> list[Drawing | None]:
    """What the charts of a text say, in order; None for one that cannot be drawn."""
    try:
        check(text)
        found = parse(text).charts
    except TooComplex:
        return []
    return [drawn if isinstance(drawn, Drawing) else None for drawn in found]


def tree(text: str) -> Parsed:
    """What the others are written from, as it was typed. Raises TooComplex."""
    check(text)
    return parse(text)


def _as_typed(why: str, text: str) -> SafeString:
    words = escape(fit(text)).replace("\n", "<br>")
    return mark_safe(f"<p>{escape(why)}</p>\n<p>{words}</p>")  # noqa: S308 - escaped
