"""The pack of a meeting as a file, read by two programs that are not ours."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from engagement.groups.models import Action, AgendaItem, Pack, Paper
from engagement.groups.services import meetings, packs
from tests.factories import (
    make_group,
    make_meeting,
    make_person,
    make_seat,
    make_study,
)

# Each sets a document of several pages twice.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def pdf(*, pages=1, password=""):
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(width=300 + number, height=400)
    if password:
        writer.encrypt(password)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def add(meeting, title, content, *, name="a.pdf", language="en", **fields):
    paper = meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en=title,
        title_cy=fields.pop("title_cy", f"{title} (cy)"),
        file=SimpleUploadedFile(name, content),
        language=language,
    )
    Paper.objects.filter(pk=paper.pk).update(**fields)
    return paper


def item(meeting, position, title, **fields):
    return AgendaItem.objects.create(
        meeting=meeting,
        position=position,
        title_en=title,
        title_cy=f"{title} (cy)",
        **fields,
    )


def made(meeting, lang="en"):
    packs.renew(meeting)
    pack = Pack.objects.get(meeting=meeting, language=lang)
    packs.make(pack.pk)
    pack.refresh_from_db()
    assert pack.state == "made", pack.reason
    return pack


def words(reader, page):
    return " ".join(reader.pages[page].extract_text().split())


def outline(reader):
    """(depth, title, page) of every entry."""

    def walk(entries, depth):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                page = reader.get_destination_page_number(entry)
                yield depth, entry.title, page

    return list(walk(reader.outline, 0))


@pytest.fixture
def meeting():
    group = make_group(study=make_study(), name_en="The Board", name_cy="Y Bwrdd")
    return make_meeting(
        group=group, title_en="Spring meeting", title_cy="Cyfarfod y gwanwyn"
    )


def test_holds_every_paper_in_the_order_of_the_agenda(meeting):
    first = item(meeting, 1, "Welcome", duration=15)
    second = item(meeting, 2, "The plan", purpose="decision")
    add(meeting, "Loose", pdf(pages=2))
    add(meeting, "Plan", pdf(pages=3), item=second, purpose="decision")
    add(meeting, "Apologies", pdf(pages=1), item=first)
    pack = made(meeting)
    reader = PdfReader(pack.file)
    assert len(reader.pages) == pack.pages
    sizes = [round(float(page.mediabox.width)) for page in reader.pages]
    # A4 first, then the papers: one page, three, two, each one point wider.
    assert sizes[-6:] == [300, 300, 301, 302, 300, 301]
    own = pack.pages - 6
    found = {title: (depth, page) for depth, title, page in outline(reader)}
    assert found["1. Welcome"][0] == 1
    assert found["Apologies"] == (2, own)
    assert found["Plan"] == (2, own + 1)
    assert found["Loose"] == (1, own + 4)
    assert found["Contents"] == (0, 1)
    contents = words(reader, 1)
    assert f"Plan For decision {own + 2}" in contents
    assert f"Loose For information {own + 5}" in contents
    agenda = words(reader, found["Agenda"][1])
    start = timezone.localtime(meeting.event.starts_at)
    assert f"{start + timedelta(minutes=15):%H:%M} 2. The plan" in agenda
    assert f"Page 2 of {pack.pages}" in contents


def test_links_in_the_contents_lead_to_the_papers(meeting):
    paper = add(meeting, "Plan", pdf())
    reader = PdfReader(made(meeting).file)
    targets = [
        note.get_object()["/A"]["/D"][0]
        for note in reader.pages[1]["/Annots"]
        if "/A" in note.get_object() and note.get_object()["/A"].get("/S") == "/GoTo"
    ]
    numbers = {
        reader.get_page_number(target.get_object())
        for target in targets
        if not isinstance(target, str)
    }
    assert len(reader.pages) - 1 in numbers
    assert paper.pk in Pack.objects.get(language="en").holds


def test_has_a_language_a_title_and_makes_no_false_claim(meeting):
    item(meeting, 1, "Welcome")
    add(meeting, "Plan", pdf())
    for lang, title in (("en", "Spring meeting"), ("cy", "Cyfarfod y gwanwyn")):
        reader = PdfReader(made(meeting, lang).file)
        root = reader.trailer["/Root"]
        assert root["/Lang"] == lang
        assert title in reader.metadata.title
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "/StructTreeRoot" in root
        # The pages of papers have no tags.
        assert reader.xmp_metadata is None
    assert "Cynnwys" in words(reader, 1)


def test_two_readers_open_it_and_its_sum_is_right(meeting):
    import hashlib

    add(meeting, "Plan", pdf(pages=4))
    pack = made(meeting)
    content = Path(pack.file.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == pack.sha256
    assert len(PdfReader(BytesIO(content)).pages) == pack.pages
    other = pypdfium2.PdfDocument(content)
    assert len(other) == pack.pages
    assert "Spring meeting" in other[0].get_textpage().get_text_bounded()
    for page in other:
        page.render(scale=0.1)
    assert next(iter(other.get_toc())).get_title() == "Contents"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"%PDF-1.7\n%test\n", "a.pdf", "damaged"),
        (pdf(pages=2)[:200], "a.pdf", "damaged"),
        (pdf(password="x"), "a.pdf", "protected with a password"),
        (b"a,b\n1,2\n", "a.csv", "a separate file"),
    ],
)
def test_what_cannot_be_shown_gets_a_page_that_says_so(meeting, content, name, why):
    add(meeting, "Good", pdf())
    bad = add(meeting, "Odd one", content, name=name)
    add(meeting, "Also good", pdf(pages=2))
    pack = made(meeting)
    reader = PdfReader(pack.file)
    note = words(reader, -3)
    assert "Odd one" in note
    assert why in note
    assert f"Page {pack.pages - 2} of {pack.pages}" in note
    sizes = [round(float(page.mediabox.width)) for page in reader.pages]
    assert (sizes[-4], sizes[-2:]) == (300, [300, 301])
    assert bad.pk not in pack.holds
    assert len(pack.holds) == 2


def test_a_lost_file_does_not_stop_the_pack(meeting, caplog):
    paper = add(meeting, "Gone", pdf())
    Path(paper.file.path).unlink()
    reader = PdfReader(made(meeting).file)
    assert "The file of this paper cannot be found." in words(reader, -1)
    assert "is not on the disk" in caplog.text


def test_a_paper_in_one_language_is_in_both_packs_and_said_so(meeting):
    add(meeting, "Alone", pdf())
    add(meeting, "Both", pdf(pages=2), title_cy="Y ddau")
    add(meeting, "Both", pdf(pages=3), title_cy="Y ddau", language="cy")
    english, welsh = made(meeting), made(meeting, "cy")
    contents = words(PdfReader(english.file), 1)
    assert "In English only" not in contents
    assert contents.count("Both") == 1
    contents = words(PdfReader(welsh.file), 1)
    assert contents.count("Yn Saesneg yn unig") == 1
    assert contents.count("Y ddau") == 1
    assert welsh.pages == english.pages + 1


def test_marks_what_came_late(meeting):
    now = timezone.now()
    meeting.circulated_at = now
    meeting.save()
    add(meeting, "In time", pdf(), uploaded_at=now - timedelta(days=1))
    add(meeting, "Later", pdf(), uploaded_at=now + timedelta(seconds=1))
    contents = words(PdfReader(made(meeting).file), 1)
    assert "Later For information · Late" in contents
    assert contents.count("· Late") == 1


def test_names_open_actions_with_who_owes_them(meeting):
    seat = make_seat(group=meeting.group, member=make_person(name="Nia Rhys"))
    Action.objects.create(
        group=meeting.group,
        meeting=meeting,
        text_en="Write to the councils.",
        text_cy="Ysgrifennu at y cynghorau.",
        owner=seat.memberships.get(),
        due_on="2026-03-01",
    )
    pack = made(meeting)
    reader = PdfReader(pack.file)
    everything = " ".join(words(reader, n) for n in range(pack.pages))
    assert "Write to the councils. Nia Rhys 1 March 2026" in everything
    assert "No event with registered people was held." in everything


def test_a_meeting_without_anything_has_a_pack_that_says_so():
    pack = made(make_meeting(group=make_group()))
    reader = PdfReader(pack.file)
    everything = " ".join(words(reader, n) for n in range(pack.pages))
    for text in (
        "There are no papers.",
        "There is no agenda yet.",
        "No action is open.",
        "The group belongs to no study",
    ):
        assert text in everything
