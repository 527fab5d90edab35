"""The same protected figures in every file; nothing in them that runs."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.reports import gathering, pages, periods
from engagement.reports.services import exports
from tests.support.reported import come, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(study):
    come(study, "academic", 14, title_en='=HYPERLINK("http://bad")')
    come(study, "voluntary", 2, title_en="@SUM(1)")
    come(study, "private", 9, stayed_away=6)
    period = periods.usual(study, "year", timezone.now())
    return gathering.document(study, period)


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def files(content):
    pack = zipfile.ZipFile(io.BytesIO(content))
    return {
        name.removesuffix(".csv"): list(
            csv.reader(io.StringIO(pack.read(name).decode("utf-8-sig")))
        )
        for name in pack.namelist()
    }


def as_text(rows):
    """Cells of either kind of file; a number as itself."""
    return [
        [
            "" if cell is None else str(cell).lstrip("'").removesuffix(".0")
            for cell in row
        ]
        for row in rows
    ]


def test_every_file_has_the_numbers_of_the_page(found):
    book = sheets(exports.write(found, "xlsx", "0"))
    pack = files(exports.write(found, "csv", "0"))
    kept = json.loads(exports.write(found, "json", "0"))
    # The names that the other sheets have taken.
    names, shown = {"notes"}, {}
    for part in pages.of(found).parts:
        for one in part.tables:
            shown[exports._sheet_name(one.table.title, names)] = one
    assert len(shown) > 10
    for name, one in shown.items():
        table = one.table
        rows = as_text(book[name][1:])
        assert rows == as_text(pack[name][1:])
        frozen = [
            ["hidden" if cell is None else cell for cell in row] for row in table.rows
        ]
        assert rows == as_text(frozen), name
        for line, row in zip(one.lines, table.rows, strict=True):
            hidden = [value.is_hidden for value in line.values]
            assert hidden == [cell is None for cell in row[1:]]
    of_json = [table["rows"] for part in kept["parts"] for table in part["tables"]]
    assert of_json == [list(map(list, one.table.rows)) for one in shown.values()]


def test_what_is_small_is_in_none_of_them(found):
    """Two came from the voluntary sector, to one event of their own."""
    book = sheets(exports.write(found, "xlsx", "0"))
    sector = {row[0]: row[1] for row in book["Attendance by sector"]}
    assert sector["Voluntary sector"] == "hidden"
    assert list(sector.values()).count("hidden") == 2
    came = {row[0]: row[3] for row in book["Events held in this time"]}
    assert came["@SUM(1)"] == "hidden"


def test_nothing_is_taken_for_a_formula(found):
    book = openpyxl.load_workbook(io.BytesIO(exports.write(found, "xlsx", "0")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert '=HYPERLINK("http://bad")' in [cell.value for cell in cells]
    rows = files(exports.write(found, "csv", "0"))["Events held in this time"]
    assert {row[0][:2] for row in rows} >= {"'=", "'@"}


def test_numbers_are_numbers_and_notes_and_bases_are_there(found):
    book = sheets(exports.write(found, "xlsx", "a1b2"))
    assert next(iter(book)) == "Notes"
    assert ("SHA-256", "a1b2") in [row[:2] for row in book["Notes"]]
    assert "Meanings and bases" in book
    [came] = [row for row in book["Events"] if row[0] == "Came"]
    assert came == ("Came", 25, None, 31, 80.6)


def test_the_same_data_makes_the_same_files(found):
    for form in exports.TYPES:
        assert exports.write(found, form, "0") == exports.write(found, form, "0")


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_who_took_an_export_is_on_the_trail(
    member_client, steering_member, study, form
):
    sit(steering_member, study)
    come(study, "academic", 14)
    answer = member_client.get(f"/en/reports/wimd/export/{form}/?period=year")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == exports.TYPES[form]
    entry = Entry.objects.get()
    assert (entry.action, entry.detail) == ("board.exported", {"form": form})


def test_wrong_days_lead_back_to_the_page(manager_client, study):
    answer = manager_client.get("/en/reports/wimd/export/csv/?period=days")
    assert answer.url == "/en/reports/wimd/?period=days"
    assert manager_client.get("/en/reports/wimd/export/pdf/").status_code == 404
    assert not Entry.objects.exists()
