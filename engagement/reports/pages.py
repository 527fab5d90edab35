"""A frozen document as pages and PDFs show it: nothing is looked up, nothing counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString

from engagement.metrics.words import hidden_note
from engagement.reports import drawing
from engagement.reports.gathering import Document
from engagement.reports.leading import Leading, Leads
from engagement.reports.tables import TEXT, Table

# More columns than these are set small, and fill the page.
ROOM = 6


class Value(NamedTuple):
    text: str
    is_number: bool
    is_hidden: bool


class Line(NamedTuple):
    label: str
    values: Sequence[Value]
    leads: Leads


class Shown(NamedTuple):
    """`leads` are of the whole table, where all of it is of one figure."""

    table: Table
    lines: Sequence[Line]
    svg: SafeString | None
    leads: Leads

    @property
    def has_links(self) -> bool:
        return any(line.leads.means for line in self.lines)

    @property
    def has_room(self) -> bool:
        """For links in a column of their own."""
        return len(self.table.columns) <= ROOM


class Part(NamedTuple):
    key: str
    title: str
    tables: Sequence[Shown]
    lists: Sequence[Mapping[str, Any]]
    gaps: Sequence[str]


class Page(NamedTuple):
    lang: str
    study: Mapping[str, Any]
    first: date
    last: date
    met: bool
    why_hidden: str
    cut_off: datetime
    synthetic: bool
    is_empty: bool
    summary: Sequence[Mapping[str, Any]]
    parts: Sequence[Part]
    hidden: Sequence[Mapping[str, str]]
    definitions: Sequence[Mapping[str, str]]

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)


def of(document: Document) -> Page:
    """In the active language, which must be the document's."""
    leading = Leading.of(document)
    return Page(
        lang=document["lang"],
        study=document["study"],
        first=date.fromisoformat(document["first"]),
        last=date.fromisoformat(document["last"]),
        met=document["met"],
        why_hidden=why_hidden(document),
        cut_off=timezone.localtime(datetime.fromisoformat(document["cut_off"])),
        synthetic=document["synthetic"],
        is_empty=document["is_empty"],
        summary=document["summary"],
        parts=[_part(part, leading) for part in document["parts"]],
        hidden=document["hidden"],
        definitions=document["definitions"],
    )


def why_hidden(document: Document) -> str:
    """It was always five where the document does not say."""
    return hidden_note(document.get("fewest", 5))


def tables(document: Document) -> list[Table]:
    return [Table.thawed(kept) for part in document["parts"] for kept in part["tables"]]


def shown(table: Table) -> Shown:
    """A table that stands alone."""
    return _shown(table, Leading())


def _part(part: Mapping[str, Any], leading: Leading) -> Part:
    found = [_shown(Table.thawed(kept), leading) for kept in part["tables"]]
    return Part(part["key"], part["title"], found, part["lists"], part["gaps"])


def _shown(table: Table, leading: Leading) -> Shown:
    whole = _of_one(table)
    each = [""] * len(table.rows) if whole or not table.keys else table.keys
    lines = []
    for key, row, told in zip(each, table.rows, table.shown(), strict=True):
        values = [
            Value(text, column.unit != TEXT, cell is None)
            for text, column, cell in zip(
                told[1:], table.columns[1:], row[1:], strict=True
            )
        ]
        lines.append(Line(told[0], values, leading.leads(table.key, key)))
    return Shown(table, lines, drawing.svg(table), leading.leads(table.key, whole))


def _of_one(table: Table) -> str:
    """The key of the figure that every row is, or breaks down; "" where each is
    another."""
    keys = set(table.keys)
    return keys.pop() if len(keys) == 1 else ""
