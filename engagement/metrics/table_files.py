"""Tables of counts as CSV: read with their totals checked, written with counts hidden."""

import csv
from collections.abc import Sequence
from io import StringIO

from django.utils.translation import gettext as _

from engagement.core import spreadsheets
from engagement.core.errors import Refused
from engagement.metrics.tables import Dimension, Key, Protected, Table

TOTALS = {"total", "all", "cyfanswm", "pawb"}
# As the Government Statistical Service marks what is confidential (Using symbols in
# spreadsheets, 2021).
HIDDEN = "[c]"
TOTAL = "Total"


class BadTable(Refused):
    """Says which row and column cannot be read."""


def read(content: bytes) -> Table:
    """A heading row, and a label in front of each row; a last row or column of totals is
    checked and else left to be added. One column of counts is a table of one dimension.
    Raises BadTable."""
    lines = _lines(content)
    headings, body = lines[0], lines[1:]
    if len(headings) < 2 or not body:
        raise BadTable(_("A table needs a row of headings, labels and counts."))
    rows = _labels([line[0] for line in body], _("Row"))
    columns = _labels(headings[1:], _("Column"))
    counts = {
        (row, column): _count(cell, row, column)
        for row, line in zip(rows, body, strict=True)
        for column, cell in zip(columns, line[1:], strict=True)
    }
    _check_totals(counts, rows, columns)
    across = [name for name in columns if not _is_total(name)]
    down = [name for name in rows if not _is_total(name)]
    first = _dimension(headings[0], down)
    if len(across) == 1:
        return Table((first,), {(row,): counts[row, across[0]] for row in down})
    kept: dict[tuple[str, ...], int] = {
        (row, column): counts[row, column] for row in down for column in across
    }
    return Table((first, _dimension("", across)), kept)


def write(shown: Protected, heading: str = "") -> str:
    """With its totals; what is hidden is [c], as is what would give it away."""
    first, *others = shown.dimensions
    columns: list[str | None] = [*others[0].values, None] if others else [None]
    out = StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([heading or str(first.title), *(_label(one) for one in columns)])
    for row in (*first.values, None):
        places: list[Key] = [(row, one) if others else (row,) for one in columns]
        lines.writerow([_label(row), *(_cell(shown.shown[place]) for place in places)])
    return out.getvalue()


def _label(name: str | None) -> str:
    return TOTAL if name is None else spreadsheets.harmless(name)


def _cell(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _dimension(title: str, names: Sequence[str]) -> Dimension:
    return Dimension(title, title, {name: name for name in names})


def _lines(content: bytes) -> list[list[str]]:
    """Cells trimmed, empty lines left out, each as long as the first."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable(_("The file must be CSV in UTF-8.")) from error
    found = csv.reader(StringIO(text), delimiter=_delimiter(text))
    lines = [[cell.strip() for cell in line] for line in found]
    lines = [line for line in lines if any(line)]
    for number, line in enumerate(lines, 1):
        if len(line) != len(lines[0]):
            words = {"row": number, "cells": len(line), "headings": len(lines[0])}
            raise BadTable(
                _("Row %(row)s has %(cells)s cells for %(headings)s headings.") % words
            )
    return lines or [[]]


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _labels(names: Sequence[str], kind: str) -> list[str]:
    """Raises BadTable for one that is empty or there twice."""
    for number, name in enumerate(names, 2):
        if not name or names.count(name) > 1:
            words = {"kind": kind, "number": number, "name": name}
            raise BadTable(
                _("%(kind)s %(number)s needs a label of its own, not “%(name)s”.")
                % words
            )
    return list(names)


def _count(cell: str, row: str, column: str) -> int:
    """A whole number, thousands set apart or not. Raises BadTable."""
    digits = cell.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        words = {"row": row, "column": column, "cell": cell}
        raise BadTable(
            _("Row “%(row)s”, column “%(column)s”: “%(cell)s” is no count.") % words
        )
    return int(digits)


def _is_total(name: str) -> bool:
    return name.casefold() in TOTALS


def _check_totals(
    counts: dict[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str]
) -> None:
    """Raises BadTable where a total that is there is not the sum: one of the two is
    wrong, and which cannot be known."""
    down = [name for name in rows if not _is_total(name)]
    across = [name for name in columns if not _is_total(name)]
    for row in rows:
        for column in columns:
            parts = [
                counts[one, other]
                for one in (down if _is_total(row) else [row])
                for other in (across if _is_total(column) else [column])
            ]
            if sum(parts) != counts[row, column]:
                words = {
                    "row": row,
                    "column": column,
                    "printed": counts[row, column],
                    "sum": sum(parts),
                }
                text = _(
                    "Row “%(row)s”, column “%(column)s” says %(printed)s, but the parts "
                    "sum to %(sum)s."
                )
                raise BadTable(text % words)
