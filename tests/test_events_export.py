import csv
from io import StringIO

import pytest

from engagement.core.spreadsheets import harmless
from engagement.events.models import Attendance, Registration
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_one_line_each(manager_client):
    event = make_event(status="held")
    for number, name in enumerate(["Siân Ŵyn", '=HYPERLINK("http://x")']):
        one = Registration.objects.create(
            event=event,
            reference=f"REF{number}",
            name=name,
            email=f"p{number}@example.org",
            organisation="A, B\n& C",
            sector="voluntary",
            language="en",
        )
    Attendance.objects.create(registration=one)
    answer = manager_client.get(f"/en/events/{event.slug}/export/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.content.decode("utf-8-sig")
    head, first, second = csv.reader(StringIO(text))
    assert head[0] == "Reference"
    assert first[1] == "Siân Ŵyn"
    assert first[3] == "A, B\n& C"
    assert first[4] == "Voluntary sector"
    assert second[1] == '\'=HYPERLINK("http://x")'
    assert (first[-1], second[-1]) == ("No", "Yes")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay():
    assert harmless("O'Neil = 5") == "O'Neil = 5"


def test_is_for_looking_only(manager_client):
    event = make_event(status="held")
    assert manager_client.post(f"/en/events/{event.slug}/export/").status_code == 405
