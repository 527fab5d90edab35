"""What a Markdown text is made of: headings, links, pictures, tables, words.

Read from the same tree that pages, mails and PDFs are written from.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from django.utils.translation import get_language

from engagement.core import markup

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("p", "li", "td", "th", "tr", "dt", "dd", "pre", "blockquote", "br", "div"),
    *("table", "ul", "ol", "dl", *HEADINGS),
}


@dataclass
class Structure:
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    # What each is called, and the words typed with it, which become its caption.
    images: list[tuple[str, str]] = field(default_factory=list)
    # Rows and columns, of charts too.
    tables: list[tuple[int, int]] = field(default_factory=list)
    # Cells that hold figures: none of a head, none of a first column.
    cells: list[str] = field(default_factory=list)
    abbreviations: set[str] = field(default_factory=set)
    footnotes: int = 0
    text: str = ""
    # What readers would be told instead of a part of the text, a sentence each.
    faults: list[str] = field(default_factory=list)

    @property
    def captions(self) -> str:
        return "\n".join(caption for _name, caption in self.images)


def read(text: str) -> Structure:
    """Of Markdown. The same text is read once; nobody may change what comes back."""
    return _read(text, get_language())


@lru_cache(maxsize=1024)
def _read(text: str, _language: str) -> Structure:
    """Faults are told in the language of the page."""
    found = Structure()
    try:
        parsed = markup.tree(text)
    except markup.TooComplex as error:
        return Structure(text=text, faults=[str(error)])
    for block in parsed.root:
        found.text += _words(block, found, parsed.charts)
    found.text = _tidy(found.text)
    return found


def plain(text: str) -> Structure:
    """Of a line that is not Markdown."""
    return Structure(text=text)


def levels(headings: list[tuple[int, str]]) -> list[int]:
    """As the page shows them: the highest is 2, whether typed with one # or two."""
    typed = [level for level, _words in headings]
    return [level + 1 for level in typed] if 1 in typed else typed


def _tidy(words: str) -> str:
    lines = (line.strip(" \t") for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def _words(element: Element, found: Structure, charts: list[markup.Drawn]) -> str:
    """The words of `element`, which is noted with all in it."""
    if _is_mark(element):
        return ""
    if element.tag == "chart":
        return _chart(charts[int(element.attrib["number"])], found)
    inner = element.text or ""
    for child in element:
        inner += _words(child, found, charts) + (child.tail or "")
    _note(element, inner.strip(), found)
    return f"\n{inner}\n" if element.tag in BLOCKS else inner


def _is_mark(element: Element) -> bool:
    """Of a note, and the way back from it."""
    name = element.get("id", "") + element.get("class", "")
    return element.tag in {"a", "sup"} and name.startswith(("fnref:", "footnote-"))


def _note(element: Element, words: str, found: Structure) -> None:
    if element.tag in HEADINGS:
        found.headings.append((HEADINGS[element.tag], words))
    elif element.tag == "a" and element.get("href"):
        found.links.append((element.attrib["href"], words))
    elif element.tag == "img":
        found.images.append((element.get("src", ""), element.get("alt", "")))
    elif element.tag == "abbr":
        found.abbreviations.add(words)
    elif element.tag == "li" and element.get("id", "").startswith("fn:"):
        found.footnotes += 1
    elif element.tag == "table":
        rows = list(element.iter("tr"))
        found.tables.append((len(rows), max(map(len, rows))))
        figures = [cell for row in rows for cell in row[1:] if cell.tag == "td"]
        found.cells += ["".join(cell.itertext()).strip() for cell in figures]


def _chart(drawn: markup.Drawn, found: Structure) -> str:
    """Its words and its figures, as a table has them."""
    if not isinstance(drawn, markup.Drawing):
        found.faults.append(drawn.why)
        return ""
    rows = [(str(bar.label), bar.shown) for bar in drawn.bars]
    rows = [drawn.heads, *rows] if any(drawn.heads) else rows
    found.tables.append((len(rows), 2))
    found.cells += [bar.shown for bar in drawn.bars]
    lines = [drawn.title, drawn.about, *("\n".join(row) for row in rows)]
    return "\n" + "\n".join(lines) + "\n"
