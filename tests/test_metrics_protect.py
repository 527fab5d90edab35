"""`manage.py protect`: a table in, the protected table out, and why on another way."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagement.metrics import disclosure, table_files
from engagement.metrics.table_files import BadTable, read

TWO_WAYS = """Sector,Research,Policy,Total
Local authority,12,3,15
Voluntary,0,40,40
Private,"1,100",50,1150
Total,1112,93,1205
"""
HIDDEN = """Sector,Research,Policy,Total
Local authority,12,[c],[c]
Voluntary,0,[c],[c]
Private,1100,50,1150
Total,1112,93,1205
"""


@pytest.fixture
def protect(tmp_path):
    def run(text, *arguments):
        file, out, err = tmp_path / "table.csv", StringIO(), StringIO()
        file.write_text(text, encoding="utf-8")
        call_command("protect", file, *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def test_the_table_and_apart_from_it_why(protect, tmp_path):
    table, why = protect(TWO_WAYS, "--threshold", "5")
    assert table == HIDDEN
    assert "4 of 12 counts hidden" in why
    assert "Local authority, Policy: small" in why
    assert "Voluntary: would give a small count away" in why
    log = tmp_path / "log.txt"
    table, why = protect(TWO_WAYS, "--threshold", "5", "--log", str(log))
    assert (table, why) == (HIDDEN, "")
    assert "Local authority, Policy: small" in log.read_text()


def test_totals_are_added_where_there_are_none(protect):
    without = "Sector;Research;Policy\nLocal authority;12;3\nVoluntary;0;40\nPrivate;1100;50\n"
    assert protect(without, "--threshold", "5")[0] == HIDDEN


def test_without_a_word_it_is_for_the_public(protect):
    one_way = "Sector,Came\nLocal authority,12\nVoluntary,9\nPrivate,50\n"
    assert "12,[c]" not in protect(one_way)[0]
    assert "Voluntary,[c]" in protect(one_way)[0]
    assert "[c]" not in protect(one_way, "--threshold", "5")[0]


def test_welsh_totals_are_known(protect):
    table = "Sector,Ymchwil,Polisi,Cyfanswm\nAwdurdod,12,30,42\nCyfanswm,12,30,42\n"
    assert table_files.read(table.encode()).counts == {
        ("Awdurdod", "Ymchwil"): 12,
        ("Awdurdod", "Polisi"): 30,
    }


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "needs a row of headings"),
        ("Sector,Came\n", "needs a row of headings"),
        ("Sector,Came\nA,few\n", "Row “A”, column “Came”: “few” is no count."),
        ("Sector,Came\nA,-2\n", "“-2” is no count"),
        ("Sector,Came\nA,1,2\n", "Row 2 has 3 cells for 2 headings."),
        ("Sector,Came\nA,1\nA,2\n", "Row 2 needs a label of its own, not “A”."),
        ("Sector,Came,\nA,1,2\n", "Column 3 needs a label of its own"),
        ("Sector,Came\nA,1\nTotal,2\n", "says 2, but the parts sum to 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(protect, table, said):
    with pytest.raises(BadTable, match=said.replace("(", r"\(")):
        read(table.encode())
    with pytest.raises(CommandError) as refused:
        protect(table)
    assert refused.value.returncode == 1
    assert said in str(refused.value)


def test_other_letters_than_those_of_utf_8_are_refused():
    with pytest.raises(BadTable, match="UTF-8"):
        read("Sector,Came\nCaerdydd yn Ynys Môn,9\n".encode("cp1252"))


def test_a_label_that_would_run_in_a_spreadsheet_does_not():
    shown = disclosure.protect(read(b"Sector,Came\n=1+1,9\n"), fewest=5)
    assert "'=1+1,9" in table_files.write(shown)
