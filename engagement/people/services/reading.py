"""Spreadsheets as they really come out of Excel and its like, as rows of text.

CSV with semicolons, commas or tabs, in UTF-8 (with or without its mark), UTF-16 or
Windows-1252; XLSX with dates. A row's number is the spreadsheet's own.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from engagement.core import spreadsheets, uploads
from engagement.core.errors import Refused

MOST_ROWS = 200_000
# What an XLSX may unpack to: a small file can hold gigabytes of nothing.
MOST_UNPACKED = 400 * 1024 * 1024
DELIMITERS = ";,\t|"


class Unreadable(Refused):
    """Not a spreadsheet that can be read, or too large; says where where it can."""


class Table(NamedTuple):
    """`rows` gives (number, cells), the heading being row 1; each cell is trimmed text,
    and there are as many as headings."""

    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]
    encoding: str


def read(content: bytes, name: str) -> Table:
    """The first sheet of an XLSX, or a CSV. Raises Unreadable, at once or at a row."""
    if uploads.extension(name) == "xlsx":
        rows, encoding = _sheet(content), "xlsx"
    else:
        text, encoding = decoded(content)
        rows = _lines(text)
    first = next(rows, None)
    headings = _without_end(first[1]) if first else []
    if not any(headings):
        raise Unreadable(_("The file has no headings in its first row."))
    if twice := [h for h in headings if h and headings.count(h) > 1]:
        raise Unreadable(_("Two columns are called “%(name)s”.") % {"name": twice[0]})
    return Table(headings, _fitted(rows, len(headings)), encoding)


def _fitted(
    rows: Iterator[tuple[int, list[str]]], width: int
) -> Iterator[tuple[int, list[str]]]:
    """Empty rows left out; empty cells at the end added or left out."""
    for number, cells in rows:
        if number > MOST_ROWS + 1:
            raise Unreadable(
                _("The file has more than %(most)s rows.") % {"most": MOST_ROWS}
            )
        cells = _without_end(cells)
        if len(cells) > width:
            raise Unreadable(
                _("Row %(row)s has more cells than there are headings.")
                % {"row": number}
            )
        if cells:
            yield number, cells + [""] * (width - len(cells))


def _without_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def decoded(content: bytes) -> tuple[str, str]:
    """UTF-16 by its mark, else UTF-8, else what Windows writes in Western Europe."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Unreadable(
                _("The file holds NUL characters. Save it again as CSV (UTF-8).")
            )
        return text, encoding
    raise Unreadable(_("The file's letters cannot be read. Save it as CSV (UTF-8)."))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The row's number counts records, as a spreadsheet does, not lines."""
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                _("Row %(row)s cannot be read as CSV.") % {"row": number}
            ) from error
        yield number, [_cell(cell) for cell in cells]


def _cell(cell: str) -> str:
    """Without the mark of an export of ours, and trimmed."""
    if cell[:1] == "'":
        cell = spreadsheets.as_written(cell)
    return " ".join(cell.split())


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    file = io.BytesIO(content)
    try:
        with ZipFile(file) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise Unreadable(_("The spreadsheet is too large."))
        file.seek(0)
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except (BadZipFile, CalamineError, IndexError) as error:
        raise Unreadable(_("The file cannot be read as a spreadsheet.")) from error
    first = sheet.start[0] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
        yield number - first, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\x00", "").split())
