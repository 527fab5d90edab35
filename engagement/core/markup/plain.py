"""A text as plain words, for mail: written from the tree, 72 letters wide."""

import textwrap
from collections.abc import Callable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from engagement.core.markup import aligned, drawing
from engagement.core.markup.mailing import whole
from engagement.core.markup.shaping import Shaped

WIDTH, NARROWEST = 72, 24
INLINE = {
    *("a", "abbr", "br", "code", "em", "img", "mark", "span", "strong", "sub", "sup"),
}


class Writer:
    """Holds what is collected on the way: the addresses, told at the end."""

    def __init__(self, charts: list[drawing.Drawn]) -> None:
        self.charts = charts
        self.addresses: list[str] = []

    def blocks(self, parent: Element, width: int) -> list[str]:
        """The blocks of `parent`; words and elements between blocks make one each."""
        found: list[str] = []
        loose = parent.text or ""
        for child in parent:
            if child.tag in INLINE:
                loose += self.inline(child) + (child.tail or "")
                continue
            found += [fill(loose, width), self.block(child, width)]
            loose = child.tail or ""
        return [block for block in [*found, fill(loose, width)] if block]

    def block(self, element: Element, width: int) -> str:
        write = BLOCKS.get(element.tag)
        if write is None:
            return "\n\n".join(self.blocks(element, width))
        return write(self, element, max(width, NARROWEST))

    def words(self, element: Element) -> str:
        """What stands inside `element`, in one piece; line ends are those typed."""
        inner = "".join(self.inline(child) + (child.tail or "") for child in element)
        return (element.text or "") + inner

    def inline(self, element: Element) -> str:
        words = self.words(element)
        if element.tag == "br":
            return "\v"
        if element.tag == "img":
            return _("[Picture: %(alt)s]") % {"alt": element.get("alt", "")}
        if element.tag == "mark":
            return " " + _("[note %(number)s]") % {"number": element.get("number")}
        return self.link(element, words) if element.tag == "a" else words

    def link(self, element: Element, words: str) -> str:
        href = element.get("href", "")
        if not href:
            return words
        address = whole(href).removeprefix("mailto:")
        if address == words.strip():
            return words
        if address not in self.addresses:
            self.addresses.append(address)
        return f"{words} [{self.addresses.index(address) + 1}]"


def write(shaped: Shaped, width: int = WIDTH) -> str:
    writer = Writer(shaped.charts)
    blocks = writer.blocks(shaped.root, width)
    numbered = enumerate(writer.addresses, start=1)
    ends = [f"[{number}] {address}" for number, address in numbered]
    if ends:
        blocks.append("\n".join([_("Links:"), *ends]))
    return "\n\n".join(blocks)


def fill(words: str, width: int) -> str:
    """Wrapped; a word that is longer than a line (an address) is left whole."""
    lines = [" ".join(line.split()) for line in words.split("\v")]
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in lines
    ).strip()


def indent(block: str, first: str) -> str:
    """The block after `first`, its other lines under its first."""
    return first + block.replace("\n", "\n" + " " * len(first)).replace(
        "\n" + " " * len(first) + "\n", "\n\n"
    )


def _heading(writer: Writer, element: Element, width: int) -> str:
    words = fill(writer.words(element), width)
    longest = max(map(len, words.split("\n")))
    return f"{words}\n{('=' if element.tag == 'h2' else '-') * longest}"


def _list(writer: Writer, element: Element, width: int) -> str:
    items = []
    number = int(element.get("start", "1"))
    apart = "\n\n" if element.find("li/p") is not None else "\n"
    for place, item in enumerate(element):
        first = "* " if element.tag == "ul" else f"{number + place}. "
        blocks = writer.blocks(item, width - len(first))
        items.append(indent(apart.join(blocks), first))
    return apart.join(items)


def _quote(writer: Writer, element: Element, width: int) -> str:
    block = "\n\n".join(writer.blocks(element, width - 2))
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def _code(writer: Writer, element: Element, width: int) -> str:
    return textwrap.indent("".join(element.itertext()).strip("\n"), "    ")


def _definition(writer: Writer, element: Element, width: int) -> str:
    return indent("\n\n".join(writer.blocks(element, width - 4)), "    ")


def _definitions(writer: Writer, element: Element, width: int) -> str:
    return "\n".join(writer.block(child, width) for child in element)


def _table(writer: Writer, element: Element, width: int) -> str:
    caption = element.find("caption")
    above = "" if caption is None else fill(writer.words(caption), width)
    rows = list(element.iter("tr"))
    cells = [[" ".join(writer.words(c).split()) for c in row] for row in rows]
    right = [cell.get("align") == "right" for cell in rows[0]]
    return "\n\n".join(filter(None, [above, aligned.table(cells, right, width)]))


def _figure(writer: Writer, element: Element, width: int) -> str:
    lines = [writer.inline(c) if c.tag == "img" else c.text or "" for c in element]
    return "\n".join(fill(line, width) for line in lines)


def _chart(writer: Writer, element: Element, width: int) -> str:
    drawn = writer.charts[int(element.get("number", ""))]
    if isinstance(drawn, drawing.Broken):
        return fill(drawn.why, width)
    rows = [[str(bar.label), bar.shown] for bar in drawn.bars]
    heads = list(drawn.heads) if any(drawn.heads) else [_("Part"), _("Figure")]
    table = aligned.table([heads, *rows], [False, True], width)
    return "\n\n".join([fill(drawn.title, width), table])


def _notes(writer: Writer, element: Element, width: int) -> str:
    notes = []
    for note in element:
        first = f"{note.get('number')}. "
        blocks = writer.blocks(note, width - len(first))
        notes.append(indent("\n\n".join(blocks), first))
    return "\n".join([f"{_('Notes')}:", *notes])


BLOCKS: dict[str, Callable[[Writer, Element, int], str]] = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "blockquote": _quote,
    "pre": _code,
    "dl": _definitions,
    "dd": _definition,
    "table": _table,
    "figure": _figure,
    "chart": _chart,
    "notes": _notes,
    "hr": lambda _writer, _element, width: "-" * width,
}
