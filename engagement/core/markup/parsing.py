"""Markdown to a tree of elements. No HTML is read: tags that people type are words."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from engagement.core.markup import drawing
from engagement.core.markup.limits import TooComplex, tangled

# What neither HTML nor Python's codecs can carry. Tab and line end are all that stay
# of the control characters; the library marks its own places with two of the others.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MARK = re.compile("\x02chart:([0-9]+)\x03")
PLACE = "\x02notes\x03"
# Small pieces of HTML that Markdown has no sign for. Bounded, so that it stays quick.
SMALL = r"<(su[bp])>([^<>]{1,200})</\1>"
OTHER = r'<span lang="?(en|cy)"?>([^<>]{1,500})</span>'
BREAK = r"<br ?/?>"


class Parsed(NamedTuple):
    """`root` holds blocks in order; an element `chart` has the place in `charts`."""

    root: Element
    charts: list[drawing.Drawn]


class _Entity(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return UNFIT.sub("", html.unescape(m.group(1))), m.start(), m.end()


class _Mail(InlineProcessor):
    """The library's own writes the address in riddles, which help nobody."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = Element("a", href=f"mailto:{m.group(1)}")
        link.text = AtomicString(m.group(1))
        return link, m.start(), m.end()


class _Tag(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        if not m.lastindex:
            return Element("br"), m.start(), m.end()
        small = m.group(1).startswith("su")
        found = Element(m.group(1)) if small else Element("span", lang=m.group(1))
        found.text = m.group(2)
        return found, m.start(), m.end()


class _Notes(FootnoteExtension):
    """Ids are made of the tree, later; to keep them apart here takes quadratic time."""

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        return f"fnref:{id}"


def parse(text: str) -> Parsed:
    """The tree of `text`, its words as they are meant, with nothing escaped.

    Raises TooComplex where Python gives up; `limits.check` is meant to be asked before,
    so that this depends on the text alone and not on how deep the caller stands.
    """
    engine = _engine()
    lines = fit(text).split("\n")
    for preprocessor in engine.preprocessors:
        lines = preprocessor.run(lines)
    lines, charts = drawing.take(lines)
    try:
        root = _root(engine, lines)
        for processor in engine.treeprocessors:
            replaced = processor.run(root)
            root = root if replaced is None else replaced
    except RecursionError as error:
        raise TooComplex(tangled()) from error
    for element in root.iter():
        _restore(element)
    for block in root:
        if block.tag == "p" and (found := MARK.fullmatch(block.text or "")):
            block.tag, block.text = "chart", None
            block.set("number", found.group(1))
    return Parsed(root, charts)


def _root(engine: Markdown, lines: list[str]) -> Element:
    root = engine.parser.parseDocument(lines).getroot()
    return root if root is not None else Element("div")


def fit(text: str) -> str:
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _engine() -> Markdown:
    notes = _Notes(PLACE_MARKER=PLACE)
    engine = Markdown(
        extensions=["tables", "abbr", "def_list", "sane_lists", notes],
        extension_configs={"tables": {"use_align_attribute": True}},
    )
    engine.preprocessors.deregister("html_block")
    # Ours are made of the tree; these would stumble over a note without words.
    engine.treeprocessors.deregister("footnote-duplicate")
    engine.treeprocessors.deregister("prettify")
    inline = engine.inlinePatterns
    inline.deregister("html")
    inline.register(
        _Entity(r"(&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{1,31});)"), "entity", 80
    )
    inline.register(_Mail(r"<([^<>! \n]{1,64}@[^@<> \n]{1,255})>"), "automail", 110)
    for name, pattern in (("small", SMALL), ("other", OTHER), ("break", BREAK)):
        inline.register(_Tag(pattern), name, 95)
    return engine


def _restore(element: Element) -> None:
    """Undoes what the library did for a writer of HTML of its own."""
    if element.tag == "code":
        words = element.text or ""
        for sign, escaped in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
            words = words.replace(escaped, sign)
        element.text = words
    for name, value in element.items():
        element.set(name, UNFIT.sub("", value))
    if not MARK.fullmatch(element.text or ""):
        element.text = _plain(element.text)
    element.tail = _plain(element.tail)


def _plain(words: str | None) -> str:
    return UNFIT.sub("", (words or "").replace(NBSP_PLACEHOLDER, ""))


def within(element: Element) -> Iterator[tuple[Element, Element]]:
    """Each element below `element`, with its parent; safe to change while reading."""
    yield from [(child, parent) for parent in element.iter() for child in parent]


def turn(element: Element, tag: str, **attributes: str) -> Element:
    """Makes another element of `element`, in its place."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = tag, tail
    element.attrib.update(attributes)
    return element


def wrap(element: Element, tag: str, **attributes: str) -> Element:
    """Puts `element` into a new one that takes its place; gives back the inner one."""
    inner = Element(element.tag, dict(element.attrib))
    inner.text = element.text
    inner.extend(element)
    turn(element, tag, **attributes).append(inner)
    return inner


def add(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """A new element at the end of `parent`."""
    new = SubElement(parent, tag, attributes)
    new.text = words
    return new
