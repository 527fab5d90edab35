"""The tables of a document as files, from the same cells as its page and its PDF."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import spreadsheets
from engagement.reports import gathering, pages, tables
from engagement.reports.gathering import Document
from engagement.reports.models import Report
from engagement.reports.tables import Cell, Table
from engagement.studies.models import Study

TYPES = {
    "xlsx": spreadsheets.TYPES["xlsx"],
    "csv": "application/zip",
    "json": "application/json",
}
NAMES = [
    ("xlsx", gettext_lazy("Download for Excel")),
    ("csv", gettext_lazy("Download as CSV")),
    ("json", gettext_lazy("Download as JSON")),
]
# What Excel takes for the name of a sheet: 31 letters, and none of these.
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def of_board(*, by: User | None, study: Study, document: Document, form: str) -> bytes:
    with transaction.atomic():
        entries.record(by=by, action="board.exported", target=study, form=form)
    return write(document, form, gathering.digest(document))


def of_report(*, by: User | None, report: Report, lang: str, form: str) -> bytes:
    with transaction.atomic():
        entries.record(by=by, action="report.exported", target=report, form=form)
    return write(report.data[lang], form, report.digest)


def write(document: Document, form: str, digest: str) -> bytes:
    """`form` is one of TYPES; the same data makes the same bytes."""
    made = {"xlsx": _xlsx, "csv": _zip, "json": _json}[form]
    return made(document, digest)


def _json(document: Document, digest: str) -> bytes:
    text = json.dumps({"sha256": digest, **document}, ensure_ascii=False, indent=1)
    return text.encode()


def _xlsx(document: Document, digest: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _moment(document).replace(tzinfo=None)})
        bold, wrap = (
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True}),
        )
        names: set[str] = set()
        for title, rows in _sheets(document, digest):
            sheet = book.add_worksheet(_sheet_name(title, names))
            sheet.set_column(0, 0, 44, wrap)
            sheet.set_column(1, 9, 18)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    style = [bold] if line == 0 else []
                    if isinstance(cell, int | float):
                        sheet.write_number(line, place, cell, *style)
                    elif cell != "":
                        # Never as a formula, whatever it begins with.
                        sheet.write_string(line, place, _text(cell), *style)
            sheet.freeze_panes(1, 1)
    return out.getvalue()


def _zip(document: Document, digest: str) -> bytes:
    """A file for each table, with the mark that Excel looks for."""
    out, moment = io.BytesIO(), _moment(document).timetuple()[:6]
    names: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for title, rows in _sheets(document, digest):
            name = f"{_sheet_name(title, names)}.csv"
            pack.writestr(zipfile.ZipInfo(name, moment), _csv(rows))
    return out.getvalue()


def _csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str | int | float:
    """A number is none of those that a spreadsheet takes for a formula."""
    if isinstance(cell, int | float):
        return cell
    return spreadsheets.harmless(_text(cell))


def _text(cell: Cell) -> str:
    return tables.shown(cell, tables.TEXT)


def _sheets(
    document: Document, digest: str
) -> Iterator[tuple[str, list[Sequence[Cell]]]]:
    """Name and rows of each: notes first, what the figures mean and are out of last."""
    yield _("Notes"), _notes(document, digest)
    for table in pages.tables(document):
        yield table.title, [*_head(table), *table.rows]
    yield (
        _("Meanings and bases"),
        [
            [_("Figure"), _("What it means")],
            *([one["title"], one["meaning"]] for one in document["definitions"]),
        ],
    )


def _head(table: Table) -> list[Sequence[Cell]]:
    return [[column.title for column in table.columns]]


def _notes(document: Document, digest: str) -> list[Sequence[Cell]]:
    notes = [note for table in pages.tables(document) for note in table.notes]
    made_up = [[_("Synthetic: made up for the demonstration."), ""]]
    return [
        [_("Study"), document["study"]["title"]["text"]],
        [_("First day"), document["first"]],
        [_("Last day"), document["last"]],
        [_("Counted at"), document["cut_off"]],
        ["SHA-256", digest],
        [_("Hidden"), pages.why_hidden(document)],
        *(made_up if document["synthetic"] else []),
        *([_("Note"), note] for note in notes),
    ]


def _sheet_name(title: str, names: set[str]) -> str:
    """Short enough, and none twice."""
    base = FORBIDDEN.sub(" ", title).strip()[:31] or "-"
    name, number = base, 1
    while name.casefold() in names:
        number += 1
        name = f"{base[:27]} {number}"
    names.add(name.casefold())
    return name


def _moment(document: Document) -> datetime:
    return datetime.fromisoformat(document["cut_off"]).astimezone(UTC)
