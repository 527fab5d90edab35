"""A pack of two hundred pages, made from ten papers, in each language."""

import tempfile
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.core import pdf
from engagement.groups.models import AgendaItem, Pack
from engagement.groups.services import meetings, packs
from tests import factories
from tests.bench import Case

TITLE = (
    "Making the pack of a meeting: 10 papers of 20 pages each, "
    "and its own pages before them."
)
PAPERS, PAGES = 10, 20


def prepare():
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="dolen-bench-")
    meeting = factories.make_meeting(
        group=factories.make_group(study=factories.make_study())
    )
    content = _paper()
    for number in range(PAPERS):
        item = AgendaItem.objects.create(
            meeting=meeting, position=number, title_en="Item", title_cy="Eitem"
        )
        paper = meetings.add_paper(
            by=None,
            meeting=meeting,
            title_en=f"Paper {number}",
            title_cy=f"Papur {number}",
            file=SimpleUploadedFile("a.pdf", content),
            language="en",
        )
        paper.item = item
        paper.save()


def cases():
    for lang in ("en", "cy"):
        yield Case(f"Pack, {lang}", lambda lang=lang: _make(lang), limit=60, runs=3)


def _make(lang):
    pack = Pack.objects.get(language=lang)
    packs.renew(pack.meeting)
    packs.make(pack.pk)
    pack.refresh_from_db()
    if pack.state != "made" or pack.pages < PAPERS * PAGES:
        raise AssertionError(pack.reason or pack.pages)


def _paper():
    """Each page with the fonts of its own, as from programs that share none."""
    from pypdf import PdfReader, PdfWriter

    made = pdf.render("groups/paper_pdf.html", {"lang": "en"})
    writer = PdfWriter()
    for _page in range(PAGES):
        writer.append(PdfReader(BytesIO(made)))
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
