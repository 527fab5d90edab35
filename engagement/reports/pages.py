"""A frozen document as pages and PDFs show it: nothing is looked up, nothing counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from engagement.reports import drawing
from engagement.reports.gathering import Document
from engagement.reports.tables import TEXT, Table

# Where staff find the rows behind a figure; those that take the study have an argument.
ROWS = {
    "deliveries": ("newsletters:manage", False),
    "readers": ("newsletters:manage", False),
    "registrations": ("events:manage", False),
    "attendance": ("events:manage", False),
    "downloads": ("outputs:manage", False),
    "new-evidence": ("evidence:list", True),
    "open-commitments": ("events:all_commitments", False),
}
# What the methods page calls figures of a time: there they are of all time.
CALLED = {"readers": "article_readers", "new-evidence": "uses"}


class Value(NamedTuple):
    text: str
    is_number: bool
    is_hidden: bool


class Line(NamedTuple):
    """`means` is the address of the definition, `rows` that of the rows behind it."""

    label: str
    values: Sequence[Value]
    means: str
    rows: str


class Shown(NamedTuple):
    """`means` and `rows` are of the whole table, where all of it is of one figure."""

    table: Table
    lines: Sequence[Line]
    svg: SafeString | None
    means: str = ""
    rows: str = ""


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
    known = {one["key"] for one in document["definitions"]} | {*CALLED.values()}
    slug = document["study"]["slug"]
    return Page(
        lang=document["lang"],
        study=document["study"],
        first=date.fromisoformat(document["first"]),
        last=date.fromisoformat(document["last"]),
        met=document["met"],
        cut_off=timezone.localtime(datetime.fromisoformat(document["cut_off"])),
        synthetic=document["synthetic"],
        is_empty=document["is_empty"],
        summary=document["summary"],
        parts=[_part(part, known, slug) for part in document["parts"]],
        hidden=document["hidden"],
        definitions=document["definitions"],
    )


def tables(document: Document) -> list[Table]:
    return [Table.thawed(kept) for part in document["parts"] for kept in part["tables"]]


def shown(table: Table) -> Shown:
    """A table that stands alone."""
    return _shown(table, set(), "")


def _part(part: Mapping[str, Any], known: set[str], slug: str) -> Part:
    found = [_shown(Table.thawed(kept), known, slug) for kept in part["tables"]]
    return Part(part["key"], part["title"], found, part["lists"], part["gaps"])


def _shown(table: Table, known: set[str], slug: str) -> Shown:
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
        lines.append(Line(told[0], values, _definition(key, known), _rows(key, slug)))
    svg = drawing.svg(table)
    return Shown(table, lines, svg, _definition(whole, known), _rows(whole, slug))


def _of_one(table: Table) -> str:
    """The key of the figure that every row breaks down; "" where each is another."""
    if table.kind in ("bars", "weeks", "ranges", "rates") or len(table.keys) > 1:
        keys = set(table.keys)
        return keys.pop() if len(keys) == 1 else ""
    return ""


def _definition(key: str, known: set[str]) -> str:
    if key not in known:
        return ""
    return f"{reverse('metrics:methods')}#{CALLED.get(key, key)}"


def _rows(key: str, slug: str) -> str:
    if key not in ROWS or not slug:
        return ""
    name, takes_study = ROWS[key]
    return reverse(name, args=[slug] if takes_study else [])
