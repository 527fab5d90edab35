"""A text as HTML for pages and PDF."""

from itertools import groupby
from xml.etree.ElementTree import Element, tostring

import nh3
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engagement.core.markup import drawing
from engagement.core.markup.parsing import add, turn, within, wrap
from engagement.core.markup.shaping import Shaped

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "sup", "sub"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "code", "pre", "a", "abbr"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "img", "div", "section", "span"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "abbr": {"title"},
    "th": {"scope", "class"},
    "td": {"class"},
    "p": {"class"},
    "ol": {"start"},
    "li": {"id"},
    "img": {"src", "alt", "width", "height", "loading"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "section": {"class", "aria-label"},
    "*": {"lang"},
}


def write(shaped: Shaped, prefix: str) -> SafeString:
    """Charts are made here and escaped by their maker; all else goes by the sanitiser."""
    for table, _parent in within(shaped.root):
        if table.tag == "table":
            _table(table)
    for element in list(shaped.root.iter()):
        _element(element, prefix)
    parts = []
    for chart, blocks in groupby(shaped.root, lambda block: block.tag == "chart"):
        if chart:
            numbers = (int(block.get("number", "")) for block in blocks)
            parts += [_chart(shaped.charts[number]) for number in numbers]
        else:
            parts.append(clean("\n".join(map(source, blocks))))
    return mark_safe("\n".join(parts))  # noqa: S308 - each part is safe


def clean(html: str) -> str:
    """Nothing but what a text can hold; what is clean stays as it is."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def source(element: Element) -> str:
    element.tail = None
    return tostring(element, encoding="unicode", method="html")


def _table(table: Element) -> None:
    """Into a box that scrolls by itself, also from the keyboard."""
    caption = table.find("caption")
    label = "" if caption is None else "".join(caption.itertext()).strip()
    for cell in table.iter():
        aligned = cell.attrib.pop("align", "") == "right"
        if cell.tag == "th":
            cell.set("scope", "col")
        if aligned:
            cell.set("class", "number")
    wrap(
        table,
        "div",
        **{"class": "table-wrap", "tabindex": "0", "role": "region"},
        **{"aria-label": label or _("Table")},
    )


def _element(element: Element, prefix: str) -> None:
    if element.tag == "img":
        element.set("loading", "lazy")
    elif element.tag == "notice":
        words = element.text or ""
        turn(element, "p", **{"class": "notice notice-warning"}).text = words
    elif element.tag == "mark":
        _mark(element, prefix)
    elif element.tag == "notes":
        section = {"class": "notes", "aria-label": _("Notes")}
        inner = wrap(element, "section", **section)
        inner.tag = "ol"
    elif element.tag == "note":
        _note(element, prefix)


def _mark(element: Element, prefix: str) -> None:
    number, time = element.attrib["number"], element.attrib["time"]
    link = {
        "href": f"#{prefix}note-{number}",
        "id": f"{prefix}mark-{number}-{time}",
        "aria-label": _("Note %(number)s") % {"number": number},
    }
    add(turn(element, "sup"), "a", number, **link)


def _note(element: Element, prefix: str) -> None:
    """An item of the list, with a way back to each place that refers to it."""
    number, times = element.attrib["number"], int(element.attrib["times"])
    element.tag, element.attrib = "li", {"id": f"{prefix}note-{number}"}
    last = element[-1] if len(element) and element[-1].tag == "p" else element
    for time in range(1, times + 1):
        words = {"number": number, "time": time}
        label = (
            _("Back to note %(number)s in the text")
            if times == 1
            else _("Back to note %(number)s in the text, place %(time)s")
        )
        link = {
            "href": f"#{prefix}mark-{number}-{time}",
            "aria-label": label % words,
        }
        back = add(last, "a", "↩", **link)
        _space_before(last, back)


def _space_before(parent: Element, child: Element) -> None:
    if len(parent) > 1:
        parent[-2].tail = (parent[-2].tail or "") + " "
    elif parent is not child:
        parent.text = (parent.text or "") + " "


def _chart(drawn: drawing.Drawn) -> str:
    if isinstance(drawn, drawing.Broken):
        notice = Element("notice")
        notice.text = drawn.why
        _element(notice, "")
        return clean(source(notice))
    context = {"drawing": drawn, "svg": mark_safe(drawing.svg(drawn))}  # noqa: S308
    return render_to_string("components/text_chart.html", context).strip()
