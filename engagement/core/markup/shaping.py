"""What the three outputs share: headings, pictures, captions, notes, addresses."""

import html
import re
from collections.abc import Mapping
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from engagement.core.markup import drawing, parsing
from engagement.core.markup.parsing import add, turn, within

# In either language, whatever the language of the page: it is part of the text.
CAPTION = re.compile(r"(Table|Tabl): ?")
SCHEMES = {"http", "https", "mailto"}
# A scheme, or what a browser might take for one.
BEFORE_COLON = re.compile(r"[^/?#]*:")
# What browsers drop from an address before they read it.
UNSEEN = re.compile("[\x00-\x20\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
DEEPEST = 4


class Picture(Protocol):
    """What a text may show: read from a model, or put together for a mail."""

    @property
    def url(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


Pictures = Mapping[str, Picture]


class Shaped(NamedTuple):
    """A tree with these elements beside those of HTML: `figure` and `img` (with url,
    alt, width, height), `notice`, `chart` (number), `mark` (a note's number, and the
    how manyth time), `notes` with `note` in it (number, times)."""

    root: Element
    charts: list[drawing.Drawn]


def shape(text: str, pictures: Pictures | None, level: int = 2) -> Shaped:
    root, charts = parsing.parse(text)
    _headings(root, level)
    _links(root)
    _pictures(root, pictures or {})
    _captions(root)
    _notes(root)
    return Shaped(root, charts)


def _headings(root: Element, highest: int) -> None:
    """Moves all so that the highest typed is `highest`, and no level is passed over."""
    found = [e for e in root.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    typed = [int(e.tag[1]) for e in found]
    last = highest - 1
    for element, level in zip(found, typed, strict=True):
        last = min(level - min(typed) + highest, last + 1, max(DEEPEST, highest))
        element.tag = f"h{last}"


def address(typed: str) -> str:
    """The address, or "" where it leads to something that is not a page or a mailbox,
    or is not an address at all."""
    seen = UNSEEN.sub("", html.unescape(typed)).replace("\\", "/")
    try:
        scheme = urlsplit(seen).scheme
    except ValueError:
        return ""
    if not scheme and not BEFORE_COLON.match(seen):
        return seen
    return seen if scheme in SCHEMES else ""


def _links(root: Element) -> None:
    """Those within the text are made here, for notes, and nobody can type them."""
    for link in root.iter("a"):
        if link.get("class") in {"footnote-ref", "footnote-backref"}:
            continue
        kept = {"href": address(link.get("href", "")), "title": link.get("title", "")}
        link.attrib = {name: value for name, value in kept.items() if value}


def _pictures(root: Element, pictures: Pictures) -> None:
    """Those of the article by their names; of any other only the words are kept."""
    for element, parent in within(root):
        if element.tag != "img":
            continue
        caption = element.get("alt", "")
        kind, _colon, name = element.get("src", "").partition(":")
        alone = parent.tag == "p" and len(parent) == 1 and not _words_beside(parent)
        if kind != "picture":
            turn(element, "span").text = caption
        elif (found := pictures.get(name)) is None:
            words = _("There is no picture called “%(name)s”.") % {"name": name}
            place = turn(parent, "notice") if alone else turn(element, "em")
            place.text = words if alone else f"({words})"
        else:
            place = turn(parent, "figure") if alone else turn(element, "span")
            add(place, "img", **_of(found))
            if alone and caption:
                add(place, "figcaption", caption)


def _words_beside(parent: Element) -> bool:
    return bool((parent.text or "").strip() or (parent[0].tail or "").strip())


def _of(picture: Picture) -> dict[str, str]:
    known = {
        "src": picture.url,
        "alt": picture.alt,
        "width": str(picture.width),
        "height": str(picture.height),
        # Where there is no description in the language of the text.
        "lang": getattr(picture, "lang", ""),
    }
    return {name: value for name, value in known.items() if value or name == "alt"}


def _captions(root: Element) -> None:
    """A paragraph "Table: ..." before or after a table becomes its caption."""
    for table, parent in within(root):
        if table.tag != "table":
            continue
        place = list(parent).index(table)
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(parent) and _is_caption(parent[beside]):
                caption = parent[beside]
                parent.remove(caption)
                caption.tag, caption.tail = "caption", None
                caption.text = CAPTION.sub("", caption.text or "", count=1)
                table.insert(0, caption)
                break


def _is_caption(element: Element) -> bool:
    return element.tag == "p" and bool(CAPTION.match(element.text or ""))


def _notes(root: Element) -> None:
    """Numbers the notes in the order in which the text refers to them."""
    place = next((e for e in root.iter("div") if e.get("class") == "footnote"), None)
    if place is None:
        return
    for element, parent in within(place):
        if element.get("class") == "footnote-backref":
            parent.remove(element)
    items = {"#" + item.get("id", ""): item for item in place.iter("li")}
    items = {name: item for name, item in items.items() if name.startswith("#fn:")}
    times: dict[str, int] = {}
    numbers = _numbers(root, items)
    for mark in [e for e in root.iter("sup") if e.get("id", "").startswith("fnref")]:
        name = mark[0].get("href", "")
        times[name] = times.get(name, 0) + 1
        turn(mark, "mark", number=str(numbers[name]), time=str(times[name]))
    turn(place, "notes")
    for name in sorted(items, key=numbers.__getitem__):
        note = turn_note(items[name])
        note.attrib = {"number": str(numbers[name]), "times": str(times.get(name, 0))}
        place.append(note)


def turn_note(item: Element) -> Element:
    """The note, without the paragraph that held nothing but the way back."""
    item.tag, item.tail = "note", None
    for block in list(item):
        if block.tag == "p" and not len(block) and not (block.text or "").strip():
            item.remove(block)
    return item


def _numbers(root: Element, known: dict[str, Element]) -> dict[str, int]:
    referred = [link.get("href", "") for link in root.iter("a")]
    order = dict.fromkeys([name for name in referred if name in known] + [*known])
    return {name: number for number, name in enumerate(order, start=1)}
