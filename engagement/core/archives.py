"""Documents that are ZIP files: Office Open XML (ECMA-376) and OpenDocument (ISO 26300).

What would not fit on a disk when it is unpacked, a "bomb", is known by what the archive's
own directory says of it, before anything is unpacked (APPNOTE.TXT, 4.3 and 4.4)."""

import struct
import tempfile
import zipfile
import zlib
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Where each format says what it is, and what it says there.
KINDS = {
    "docx": ("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("[Content_Types].xml", b"presentationml.presentation.main+xml"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
    "ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
}
MOST_ENTRIES = 10_000
# Two hundred times is more than any spreadsheet; small ones may be anything.
MOST_TIMES, SMALL = 200, 50 * 1024 * 1024
MOST_UNPACKED = 8 * 1024**3
# A spreadsheet in a slide is a ZIP file in another; in there is none any more.
DEEPEST, MOST_NESTED = 1, 100 * 1024 * 1024
DIRECTORY = 4 * 1024 * 1024
TAIL = 66_000
_END, _END64, _AT64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"


def check(stream: IO[bytes], kind: str) -> None:
    """Raises ValidationError with the reason, in the reader's language."""
    try:
        _check_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            _check_entries(archive, depth=0)
            _check_says(archive, kind)
    except (
        *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError),
        *(KeyError, NotImplementedError, RuntimeError, ValueError),
    ) as error:
        raise ValidationError(
            _("The file is not what its name says. Save it again as %(type)s.")
            % {"type": kind}
        ) from error


def _check_directory(stream: IO[bytes]) -> None:
    """The directory is read into memory as a whole, so its size is looked at first."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - TAIL))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0:
        raise zipfile.BadZipFile
    entries, length = struct.unpack_from("<HI", tail, end + 10)
    at = tail.rfind(_AT64, 0, end)
    if at >= 0:
        (start,) = struct.unpack_from("<Q", tail, at + 8)
        stream.seek(start)
        record = stream.read(56)
        if not record.startswith(_END64):
            raise zipfile.BadZipFile
        entries, length = struct.unpack_from("<QQ", record, 32)
    if entries > MOST_ENTRIES or length > DIRECTORY:
        raise _bomb(_("it has more than %(limit)s parts") % {"limit": MOST_ENTRIES})


def _check_entries(archive: zipfile.ZipFile, depth: int) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _bomb(_("it has more than %(limit)s parts") % {"limit": MOST_ENTRIES})
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise _bomb(_("unpacked it is larger than %(limit)s GB") % {"limit": 8})
    if unpacked > SMALL and unpacked > MOST_TIMES * max(packed, 1):
        raise _bomb(
            _("unpacked it is more than %(times)s times as large")
            % {"times": MOST_TIMES}
        )
    for entry in entries:
        _check_entry(archive, entry, depth)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
        raise ValidationError(
            _("A part of the file has a name that leads outside of it (../).")
        )
    # Packing adds a little at the most: the directory lies about this one.
    if entry.compress_size > entry.file_size * 1.01 + 1024:
        raise zipfile.BadZipFile
    with archive.open(entry) as part:
        nested = part.read(4) == b"PK\x03\x04"
    if nested:
        _check_nested(archive, entry, depth + 1)


def _check_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    if depth > DEEPEST or entry.file_size > MOST_NESTED:
        raise _bomb(_("it has ZIP files within ZIP files"))
    with tempfile.TemporaryFile() as copy, archive.open(entry) as part:
        while piece := part.read(1024 * 1024):
            copy.write(piece)
        _check_directory(copy)
        with zipfile.ZipFile(copy) as inner:
            _check_entries(inner, depth)


def _check_says(archive: zipfile.ZipFile, kind: str) -> None:
    """The part that says what the document is, says this kind."""
    name, said = KINDS[kind]
    with archive.open(name) as part:
        text = part.read(1024 * 1024)
    if not (text.strip() == said if name == "mimetype" else said in text):
        raise zipfile.BadZipFile


def _bomb(reason: str) -> ValidationError:
    return ValidationError(
        _("The file is refused as a ZIP bomb: %(reason)s.") % {"reason": reason}
    )
