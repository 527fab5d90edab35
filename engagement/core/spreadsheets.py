"""Tables as files that a spreadsheet opens, with nothing in them that runs."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV
# injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(cell: str) -> str:
    """The cell, with a quotation mark before what would run as a formula. What has
    such a mark already gets another, so that `as_written` takes only ours away."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def as_written(cell: str) -> str:
    """The cell before `harmless`."""
    return cell[1:] if cell[:1] == "'" and harmless(cell) != cell else cell


def write(form: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """`form` is "csv" (UTF-8 with the mark that Excel looks for) or "xlsx" (every cell
    is text)."""
    return _xlsx(headings, rows) if form == "xlsx" else _csv(headings, rows)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(headings)
    lines.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return out.getvalue()
