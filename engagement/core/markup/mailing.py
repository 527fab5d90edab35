"""A text as HTML that mail programs bear: no SVG, no ids, whole addresses."""

from collections.abc import Callable
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.core.markup import drawing
from engagement.core.markup.parsing import add, turn, within, wrap
from engagement.core.markup.shaping import Shaped
from engagement.core.markup.web import source

BROADEST = 560
ChartUrl = Callable[[int], str]
TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "sup", "sub"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "code", "pre", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "img", "div"),
}
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "align"},
    "td": {"align"},
    "table": {"border", "cellpadding", "cellspacing"},
    "img": {"src", "alt", "width", "height"},
    "*": {"lang"},
}
LINES = {"border": "1", "cellpadding": "6", "cellspacing": "0"}


def write(shaped: Shaped, chart_url: ChartUrl | None) -> SafeString:
    for block in [block for block in shaped.root if block.tag == "chart"]:
        _chart(block, shaped.charts[int(block.get("number", ""))], chart_url)
    for element, _parent in within(shaped.root):
        _element(element)
    html = "\n".join(source(block) for block in shaped.root)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "cid"},
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it


def whole(address: str) -> str:
    """The address as it is known outside the site."""
    return urljoin(settings.SITE_URL + "/", address)


def _element(element: Element) -> None:
    if element.tag == "a" and element.get("href"):
        element.set("href", whole(element.attrib["href"]))
    elif element.tag == "img":
        _image(element)
    elif element.tag == "table":
        _table(element)
    elif element.tag == "figure":
        element.tag = "div"
    elif element.tag in {"figcaption", "notice"}:
        words = element.text or ""
        add(turn(element, "p"), "em", words)
    elif element.tag == "abbr":
        element.tag, element.attrib = "span", {}
    elif element.tag == "mark":
        number = element.attrib["number"]
        turn(element, "sup").text = f"[{number}]"
    elif element.tag == "notes":
        wrap(element, "div").tag = "ol"
        heading = add(element, "p")
        add(heading, "strong", _("Notes"))
        element[:] = [heading, element[0]]
    elif element.tag == "note":
        element.tag, element.attrib = "li", {}


def _image(image: Element) -> None:
    """Outlook knows no greatest width, so the numbers themselves must fit."""
    width, height = int(image.attrib["width"]), int(image.attrib["height"])
    if width > BROADEST:
        width, height = BROADEST, max(1, round(height * BROADEST / width))
    image.set("width", str(width))
    image.set("height", str(height))
    image.set("src", whole(image.attrib["src"]))


def _table(table: Element) -> None:
    """The caption stands above it: few programs show one inside."""
    caption = table.find("caption")
    for head in table.iter("th"):
        head.attrib.setdefault("scope", "col")
    table.attrib.update(LINES)
    if caption is not None:
        table.remove(caption)
        wrap(table, "div")
        caption.tag = "strong"
        above = Element("p")
        above.append(caption)
        table.insert(0, above)


def _chart(block: Element, drawn: drawing.Drawn, chart_url: ChartUrl | None) -> None:
    """The title, the picture where there is one, and always the table."""
    number = int(block.get("number", ""))
    if isinstance(drawn, drawing.Broken):
        turn(block, "notice").text = drawn.why
        return
    turn(block, "div")
    add(add(block, "p"), "strong", drawn.title)
    if chart_url is not None:
        height = charts.ROW * len(drawn.bars)
        picture = {"src": chart_url(number), "alt": f"{drawn.title}. {drawn.words}"}
        size = {"width": str(charts.WIDTH), "height": str(height)}
        add(add(block, "p"), "img", **picture, **size)
    table = add(block, "table")
    if any(drawn.heads):
        row = add(add(table, "thead"), "tr")
        add(row, "th", drawn.heads[0], scope="col")
        add(row, "th", drawn.heads[1], scope="col", align="right")
    body = add(table, "tbody")
    for bar in drawn.bars:
        row = add(body, "tr")
        add(row, "th", str(bar.label), scope="row", align="left")
        add(row, "td", bar.shown, align="right")
