"""Spreadsheets as they really come out of Excel, byte for byte."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engagement.core import spreadsheets
from engagement.people.services.reading import Unreadable, read

TEXT = "Enw;E-bost\r\nSiân;sian@example.org\r\n"
ROWS = [(2, ["Siân", "sian@example.org"])]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_letters_and_separators(encoding, said, delimiter):
    table = read(TEXT.replace(";", delimiter).encode(encoding), "a.csv")
    assert table.headings == ["Enw", "E-bost"]
    assert list(table.rows) == ROWS
    assert table.encoding == said


def xlsx(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_dates_numbers_and_empty_cells():
    content = xlsx(
        ["Enw", "From", "No", None],
        ["Ŵyn ŷ", date(2026, 1, 31), 7.0, None],
        [None, None, None, None],
        ["B"],
    )
    table = read(content, "a.xlsx")
    assert table.headings == ["Enw", "From", "No"]
    assert list(table.rows) == [(2, ["Ŵyn ŷ", "2026-01-31", "7"]), (4, ["B", "", ""])]


def test_quoted_lines_and_rows_are_counted_as_a_spreadsheet_does():
    table = read(b'a;b\n"one\ntwo";x\n\n;\nlast;y\n', "a.csv")
    assert list(table.rows) == [(2, ["one two", "x"]), (5, ["last", "y"])]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"a,b\nx\x00,y\n", "a.csv", "NUL"),
        (b'a,b\n"x,y\n', "a.csv", "Row 2 cannot be read"),
        (b"a,b\nx,y,z\n", "a.csv", "Row 2 has more cells"),
        (b"a,a\n", "a.csv", "Two columns"),
        (b"", "a.csv", "no headings"),
        (b"\n\nx", "a.csv", "no headings"),
        (b"PK not a workbook", "a.xlsx", "cannot be read"),
        (b"\xff\xfe\x00", "a.csv", "letters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(content, name, said):
    with pytest.raises(Unreadable, match=said):
        list(read(content, name).rows)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _part in range(401):
            sheet.write(b"0" * (1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(Unreadable, match="too large"):
        read(out.getvalue(), "a.xlsx")


CELL = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=5))
@example(rows=[("", "'="), ("''-1", "'")])
def test_what_is_written_is_read_again(form, rows):
    content = spreadsheets.write(form, ["one", "two"], rows)
    wanted = [[" ".join(cell.split()) for cell in row] for row in rows]
    found = [cells for _number, cells in read(content, f"a.{form}").rows]
    assert found == [row for row in wanted if any(row)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(1)"])
def test_nothing_runs_in_a_spreadsheet(cell):
    assert f"'{cell}" in spreadsheets.write("csv", ["a"], [[cell]]).decode()
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.write("xlsx", ["a"], [[cell]]))
    )
    assert book.active["A2"].data_type == "s"
