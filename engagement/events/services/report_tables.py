"""The tables in an attendance report, found by their headings.

Teams writes UTF-16 with tabs: since 2022 in sections ("1. Summary", "2. Participants",
"3. In-Meeting Activities"), in 2021 a summary and one table, in 2020 one table of who
joined and left when. Zoom writes UTF-8 with commas, with or without the meeting above it.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.events.models import AttendanceReport
from engagement.events.services import report_cells
from engagement.people.services import reading

Program = AttendanceReport.Program
# What the programs have called our columns, in lower case.
COLUMNS = {
    "name": "name",
    "full name": "name",
    "name (original name)": "name",
    "user name (original name)": "name",
    "first join": "joined",
    "join time": "joined",
    "last leave": "left",
    "leave time": "left",
    "in-meeting duration": "duration",
    "duration": "duration",
    "duration (minutes)": "duration",
    "total duration (minutes)": "duration",
    "time in session (minutes)": "duration",
    "email": "email",
    "user email": "email",
    "participant id (upn)": "upn",
    "user action": "action",
    "timestamp": "at",
    "in waiting room": "waiting",
    "attended": "attended",
}
# What stands alone in a row above a table; Excel adds empty cells after it.
TITLE = re.compile(r"\d\. .*|meeting summary|.* (report|details)", re.IGNORECASE)
ZOOM = ("(original name)", "(minutes)")
NEEDED = ({"name", "duration"}, {"name", "joined", "left"}, {"name", "action", "at"})


class Row(NamedTuple):
    """`cells` by our names, `headings` as the file has them, for what is said of it."""

    number: int
    cells: dict[str, str]
    headings: dict[str, str]


class Report(NamedTuple):
    """`stays` are rows of one stay each; `people` of one person each, where the report
    has both."""

    program: str
    people: list[Row]
    stays: list[Row]


def read(content: bytes) -> Report:
    """Raises reading.Unreadable."""
    if not content.strip():
        raise reading.Unreadable(_("The file is empty."))
    text, _encoding = reading.decoded(content)
    for delimiter in "\t,;":
        tables = list(_tables(text, delimiter))
        if tables:
            return _report(tables)
    raise reading.Unreadable(
        _("This is no attendance report of Teams or Zoom: its columns are not there.")
    )


def _report(tables: list[list[Row]]) -> Report:
    headings = " ".join(tables[0][0].headings.values()).lower()
    zoom = any(mark in headings for mark in ZOOM)
    rows = [[row for row in table if row.cells] for table in tables]
    people, stays = (rows[0], rows[1]) if len(rows) > 1 and not zoom else ([], rows[0])
    if zoom:
        stays = [row for table in rows for row in table]
    if not people and not stays:
        raise reading.Unreadable(_("Nobody is in this report."))
    return Report(Program.ZOOM if zoom else Program.TEAMS, people, stays)


def _tables(text: str, delimiter: str) -> Iterator[list[Row]]:
    """Each begins with a row of headings, which has no cells here, and ends at the title
    of another. Empty rows are left out."""
    table: list[Row] = []
    for number, cells in _lines(text, delimiter):
        if not any(cells):
            continue
        if headings := _headings(cells):
            if table:
                yield table
            table = [Row(number, {}, headings)]
            places = {name: cells.index(h) for name, h in headings.items()}
        elif table and _is_title(cells):
            yield table
            table = []
        elif table:
            found = {n: cells[p] if p < len(cells) else "" for n, p in places.items()}
            table.append(Row(number, found, table[0].headings))
    if table:
        yield table


def _is_title(cells: list[str]) -> bool:
    return not any(cells[1:]) and bool(TITLE.fullmatch(cells[0]))


def _headings(cells: list[str]) -> dict[str, str]:
    """Empty where it is no row of headings that will do."""
    found = {COLUMNS[c.lower()]: c for c in cells if c.lower() in COLUMNS}
    return found if any(needed <= found.keys() for needed in NEEDED) else {}


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for cells in lines:
            number += 1
            if number > reading.MOST_ROWS:
                raise reading.Unreadable(
                    _("The file has more than %(most)s rows.")
                    % {"most": reading.MOST_ROWS}
                )
            yield number, [report_cells.clean(cell) for cell in cells]
    except csv.Error as error:
        raise reading.Unreadable(
            _("Row %(row)s cannot be read as CSV.") % {"row": number + 1}
        ) from error
