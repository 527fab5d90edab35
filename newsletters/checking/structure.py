"""What a Markdown text is made of: headings, links, pictures, tables, words."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from markdown import markdown

# A chart is typed as lines between ```chart and ```.
CHART = re.compile(r"^```+ ?chart\s*$(.*?)^```+\s*$", re.MULTILINE | re.DOTALL)
BLOCKS = {"p", "li", "td", "th", "tr", "dt", "dd", "pre", "blockquote", "br", "caption"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass
class Structure:
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    # Rows and columns; a chart has no columns.
    tables: list[tuple[int, int]] = field(default_factory=list)
    # Cells that hold figures: none of a head, none of a first column.
    cells: list[str] = field(default_factory=list)
    abbreviations: set[str] = field(default_factory=set)
    footnotes: int = 0
    text: str = ""


@lru_cache(maxsize=1024)
def read(text: str) -> Structure:
    """Of Markdown. The same text is read once; nobody may change what comes back."""
    reader = _Reader()
    charts = CHART.findall(text)
    reader.feed(
        markdown(
            CHART.sub("", text),
            extensions=["tables", "footnotes", "abbr", "def_list", "sane_lists"],
        )
    )
    reader.close()
    found = reader.found
    for chart in charts:
        lines = [line for line in chart.strip().splitlines() if line.strip()]
        found.tables.append((len(lines), 0))
        reader.words += ["\n", *(f"{line}\n" for line in lines)]
    found.text = _tidy("".join(reader.words))
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


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Structure()
        self.words: list[str] = []
        # Where the words of the open heading, link, cell or note mark begin.
        self.starts: dict[str, int] = {}
        self.href = ""
        self.rows = self.columns = self.column = 0
        self.is_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.starts[tag] = len(self.words)
        if tag in {"a", "sup"}:
            mark = values.get("id", "") + values.get("class", "")
            self.is_mark = self.is_mark or mark.startswith(("fnref", "footnote-"))
            self.href = values.get("href", "")
        elif tag == "img":
            self.found.images.append((values.get("src", ""), values.get("alt", "")))
        elif tag == "li" and values.get("id", "").startswith("fn:"):
            self.found.footnotes += 1
        elif tag == "table":
            self.rows = self.columns = 0
        elif tag == "tr":
            self.rows, self.column = self.rows + 1, 0
        elif tag in {"td", "th"}:
            self.column += 1
            self.columns = max(self.columns, self.column)
        if tag in BLOCKS or tag in HEADINGS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        words = "".join(self.words[self.starts.get(tag, len(self.words)) :]).strip()
        if tag in HEADINGS:
            self.found.headings.append((HEADINGS[tag], words))
        elif tag == "a" and self.href and not self.is_mark:
            self.found.links.append((self.href, words))
        elif tag == "abbr":
            self.found.abbreviations.add(words)
        elif tag == "td" and self.column > 1:
            self.found.cells.append(words)
        elif tag == "table":
            self.found.tables.append((self.rows, self.columns))
        if tag in {"a", "sup"}:
            self.is_mark = False
        if tag in BLOCKS or tag in HEADINGS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.is_mark:
            self.words.append(data)
