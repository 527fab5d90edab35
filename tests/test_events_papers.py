"""What is printed for the day, read as a screen reader reads it."""

import re
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from django.utils import timezone

from engagement.events.services import papers
from tests.factories import make_event, make_registration
from tests.test_newsletters_documents import elements

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def event():
    event = make_event(published=True, starts_at=timezone.now())
    names = ("Zoë", "Éile", "Tomos", "<b>Eirlys</b>")
    for name in names:
        welsh = name == "Éile"
        make_registration(
            event=event, name=name, wants_welsh=welsh, language="cy" if welsh else "en"
        )
    make_registration(event=event, name="Gone", state="cancelled")
    make_registration(event=event, name="Waits", state="waiting")
    return event


def read(client, event, name, lang="en"):
    answer = client.get(f"/{lang}/events/{event.slug}/{name}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(BytesIO(answer.content))


def words(reader):
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("name", ["tickets", "badges", "sign-in-sheet"])
def test_each_is_tagged_and_says_what_it_is_and_in_which_language(
    manager_client, event, name, lang
):
    reader = read(manager_client, event, name, lang)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (lang, True)
    assert event.title_en in reader.metadata.title or lang == "cy"
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfuaid:part[=>\"']+1", xmp)
    found = list(elements(reader))
    levels = [int(tag[2]) for tag, _node in found if re.match("/H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all("/Alt" in node for tag, node in found if tag == "/Figure")
    said = words(reader)
    assert "Zoë" in said
    assert "Gone" not in said
    assert "Waits" not in said


def test_the_sheet_is_in_order_with_headed_columns_and_lines_to_write_on(
    manager_client, event
):
    reader = read(manager_client, event, "sign-in-sheet")
    said = words(reader)
    order = [said.index(name) for name in ("<b>Eirlys</b>", "Éile", "Tomos", "Zoë")]
    assert order == sorted(order)
    assert "1 / " in said
    assert said.count("☐") == 4 + papers.LINES_TO_WRITE_ON
    found = list(elements(reader))
    heads = [node["/A"]["/Scope"] for tag, node in found if tag == "/TH"]
    assert heads.count("/Row") == 4
    assert heads.count("/Column") >= 9


def test_badges_have_both_titles_and_mark_who_wants_welsh(manager_client, event):
    reader = read(manager_client, event, "badges")
    said = words(reader)
    assert said.count(event.title_cy) == said.count(event.title_en) == 4
    assert said.count("Dw i'n siarad Cymraeg / I speak Welsh") == 1
    assert {"cy", "en"} <= {node.get("/Lang") for _tag, node in elements(reader)}


def test_each_ticket_is_in_the_language_of_who_has_it(manager_client, event):
    reader = read(manager_client, event, "tickets")
    said = words(reader)
    assert (said.count(event.title_cy), said.count(event.title_en)) == (1, 3)
    alts = [node["/Alt"] for tag, node in elements(reader) if tag == "/Figure"]
    assert len(set(alts)) == 4


def test_many_are_in_several_files(manager_client, event, monkeypatch):
    monkeypatch.setattr(papers, "TICKETS", 3)
    page = manager_client.get(f"/en/events/{event.slug}/door/").content.decode()
    assert "tickets.pdf?part=2" in page
    assert page.count("Tickets (PDF)") == 2
    address = f"/en/events/{event.slug}/tickets.pdf"
    second = manager_client.get(address, {"part": "2"})
    assert "Zoë" in words(pypdf.PdfReader(BytesIO(second.content)))
    for bad in ("3", "0", "x", "-1"):
        assert manager_client.get(address, {"part": bad}).status_code == 404


def test_of_nobody_it_says_so(manager_client):
    event = make_event(published=True)
    for name in ("tickets", "badges", "sign-in-sheet"):
        assert "Nobody has a place" in words(read(manager_client, event, name))
