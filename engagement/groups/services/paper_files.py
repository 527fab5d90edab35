"""The file of a paper as pages that can be put into a pack, or why it cannot."""

import logging
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from engagement.groups.packing import Sheet

logger = logging.getLogger(__name__)
# What pypdf lets out of a file that breaks the rules of its format (ISO 32000).
FAULTS = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
SEPARATE = _("This paper is a separate file: it is not a PDF. Open it on the site.")
LOCKED = _("This paper is protected with a password and cannot be shown here.")
BROKEN = _("The file of this paper is damaged and cannot be shown here.")
LOST = _("The file of this paper cannot be found.")


class Loaded(NamedTuple):
    """`why` is "" where there are pages, else why there are none."""

    sheet: Sheet
    path: Path
    pages: int
    why: str | Promise = ""

    @property
    def length(self) -> int:
        """Pages in the pack: what cannot be shown has one that says so."""
        return self.pages or 1


def load(sheet: Sheet, path: Path) -> Loaded:
    """Copies the pages to `path`, alone: whatever is wrong with a file spoils no pack."""
    if not sheet.is_pdf:
        return Loaded(sheet, path, 0, SEPARATE)
    try:
        with sheet.paper.file.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                return Loaded(sheet, path, 0, LOCKED)
            pages = _copy(reader, path)
    except FileNotFoundError:
        logger.exception("Paper %s is not on the disk.", sheet.paper.pk)
        return Loaded(sheet, path, 0, LOST)
    except FAULTS as fault:
        logger.warning("Paper %s cannot be read: %s", sheet.paper.pk, fault)
        return Loaded(sheet, path, 0, BROKEN)
    return Loaded(sheet, path, pages, "" if pages else BROKEN)


def _copy(reader: PdfReader, path: Path) -> int:
    writer = PdfWriter()
    writer.append(reader, import_outline=False)
    for page in writer.pages:
        _plain(page)
    writer.write(path)
    return len(writer.pages)


def _plain(page: PageObject) -> None:
    """Without actions, and without numbers that lead into the tags of its own file: in
    the pack's they would lead to other words (ISO 32000-1, 14.7.4.4)."""
    for name in ("/AA", "/StructParents"):
        page.pop(name, None)
    for annotation in page.get("/Annots") or ():
        found = annotation.get_object()
        if isinstance(found, DictionaryObject):
            for name in ("/AA", "/StructParent"):
                found.pop(name, None)
