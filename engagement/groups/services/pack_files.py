"""The pack of a meeting as one PDF: its own pages, tagged, and those of the papers.

The pages of papers lose their tags, so the pack as a whole does not claim PDF/UA; each
paper has its own file on the site.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, Fit, IndirectObject, NameObject

from engagement.core import pdf
from engagement.core.bilingual import shown
from engagement.groups import packing, since
from engagement.groups.models import Meeting
from engagement.groups.packing import Contents
from engagement.groups.services import paper_files
from engagement.groups.services.paper_files import Loaded

# What links to papers are called until it is known on which page they are.
SCHEME = "pack:"
# Page numbers in the contents can make them longer, which moves the pages again.
ROUNDS = 4
# Cover, contents, agenda, and two of what was reached: a good guess saves a round.
USUALLY = 5

Tell = Callable[[int, int], None]


class Built(NamedTuple):
    """`holds` are the numbers of the papers whose pages are in it."""

    path: Path
    pages: int
    sha256: str
    holds: list[int]


class Place(NamedTuple):
    """Of a paper in the pack; pages from 1."""

    loaded: Loaded
    page: int
    foot: str


def build(meeting: Meeting, lang: str, folder: Path, tell: Tell) -> Built:
    """Into `folder`, in the language that is active; `tell` hears how far it is. Raises
    pdf.NoPdf, or OSError where the disk is full."""
    contents = packing.contents(meeting, lang)
    steps = len(contents.sheets) + 2
    papers: list[Loaded] = []
    for number, sheet in enumerate(contents.sheets, start=1):
        papers.append(paper_files.load(sheet, folder / f"{sheet.paper.pk}.pdf"))
        tell(number, steps)
    places, front = _front(contents, papers, lang, folder / "front.pdf")
    tell(steps - 1, steps)
    path = folder / "pack.pdf"
    pages = _join(front, places, contents, path)
    holds = [one.sheet.paper.pk for one in papers if one.pages]
    return Built(path, pages, _digest(path), holds)


def _front(
    contents: Contents, papers: list[Loaded], lang: str, path: Path
) -> tuple[list[Place], Path]:
    """The pack's own pages; those that stand for papers without pages come last, and in
    the order of the papers."""
    reached = since.reached(contents.meeting.group, contents.meeting)
    context = {
        "lang": lang,
        "contents": contents,
        "meeting": contents.meeting,
        "reached": reached,
        "now": timezone.now(),
    }
    notes = sum(not one.pages for one in papers)
    first = USUALLY
    for _round in range(ROUNDS):
        places, total = _places(papers, first)
        told = {place.loaded.sheet.paper.pk: place for place in places}
        made = pdf.make(
            "groups/pack_pdf.html",
            context | {"places": told},
            styles=["groups/pack.css"],
            css=_foot(total),
        )
        if made.pages - notes == first:
            break
        first = made.pages - notes
    path.write_bytes(made.content)
    return places, path


def _places(papers: list[Loaded], own: int) -> tuple[list[Place], int]:
    """Where each paper begins after `own` pages, and how many pages there are in all."""
    total = own + sum(one.length for one in papers)
    places, page = [], own + 1
    for one in papers:
        foot = _("Page %(page)s of %(pages)s") % {"page": page, "pages": total}
        places.append(Place(one, page, foot))
        page += one.length
    return places, total


def _foot(total: int) -> str:
    words = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": total}
    content = words.replace('"', "").replace("\0", '" counter(page) "')
    return f'@page {{ @bottom-right {{ content: "{content}"; }} }}'


def _join(front: Path, places: list[Place], contents: Contents, path: Path) -> int:
    writer = PdfWriter(clone_from=front)
    own = PdfReader(front)
    sections = {
        name: own.get_destination_page_number(found)
        for name, found in own.named_destinations.items()
    }
    links = list(_links(writer))
    begins = {place.loaded.sheet.paper.pk: place.page for place in places}
    for place in places:
        if place.loaded.pages:
            writer.merge(place.page - 1, place.loaded.path, import_outline=False)
    for link, paper in links:
        link[NameObject("/A")] = _go_to(writer.pages[begins[paper] - 1])
    _outline(writer, sections, contents, begins)
    # WeasyPrint's says PDF/UA, which the pages of the papers are not.
    writer.root_object.pop("/Metadata", None)
    writer.write(path)
    return len(writer.pages)


def _links(writer: PdfWriter) -> Iterator[tuple[DictionaryObject, int]]:
    """Those of the pack's own pages to papers, with the number of the paper."""
    for page in writer.pages:
        for annotation in page.get("/Annots") or ():
            found = annotation.get_object()
            address = str(found.get("/A", {}).get("/URI", ""))
            if address.startswith(SCHEME):
                yield found, int(address.removeprefix(SCHEME))


def _go_to(page: PageObject) -> DictionaryObject:
    where = ArrayObject([page.indirect_reference, NameObject("/Fit")])
    return DictionaryObject(
        {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): where}
    )


def _outline(
    writer: PdfWriter,
    sections: dict[str, int | None],
    contents: Contents,
    begins: dict[int, int],
) -> None:
    """Every part, every item of the agenda, and every paper under its item."""

    def add(
        title: str, page: int | None, parent: IndirectObject | None = None
    ) -> IndirectObject:
        return writer.add_outline_item(
            title=title, page_number=page, parent=parent, fit=Fit.fit()
        )

    # Nothing leads to the contents, which come after the cover.
    add(_("Contents"), 1)
    agenda = add(_("Agenda"), sections["agenda"])
    for number, entry in enumerate(contents.entries, start=1):
        above = agenda
        if entry.item:
            title = f"{number}. {shown(entry.item, 'title').text}"
            above = add(title, sections[f"item-{entry.item.pk}"], agenda)
        for sheet in entry.sheets:
            add(shown(sheet.paper, "title").text, begins[sheet.paper.pk] - 1, above)
    add(_("Open actions"), sections["actions"])
    add(_("What the study reached since we last met"), sections["reached"])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
