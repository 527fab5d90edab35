"""Whether a file is what its name says, by its content. It is read in pieces: a file may
be larger than the memory."""

import codecs
import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from engagement.core import archives

PIECE = 1024 * 1024
# What a page starts with (WHATWG MIME Sniffing, 7.1), after spaces, a mark of the order
# of bytes, and comments.
PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|style|title|body|svg)"
    rb"[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
# Also behind the mark of a PDF: what is two things at once is neither.
TAG = re.compile(rb"<(?:!doctype\s+html|html|script|body)[\s>]", re.IGNORECASE)
# ISO 32000-1, 7.5.2.
HEADER = re.compile(rb"\A%PDF-[12]\.\d")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Spreadsheet programs in Wales still write the second.
ENCODINGS = ("utf-8", "cp1252")


def check(stream: IO[bytes], kind: str) -> None:
    """`kind` is an ending of uploads.TYPES. Raises ValidationError with the reason, in
    the reader's language; leaves the stream at its start."""
    start = stream.read(1024)
    if PAGE.match(start):
        _refuse_page(kind)
    if kind == "pdf":
        _check_pdf(start)
    elif kind in archives.KINDS:
        archives.check(stream, kind)
    else:
        _check_text(stream)
    stream.seek(0)


def _check_pdf(start: bytes) -> None:
    if not HEADER.match(start):
        raise ValidationError(
            _("The file is not what its name says. Save it again as %(type)s.")
            % {"type": "pdf"}
        )
    if TAG.search(start):
        _refuse_page("pdf")


def _refuse_page(kind: str) -> None:
    raise ValidationError(
        _("The file is a web page (HTML), whatever its name says. Save it as %(type)s.")
        % {"type": kind}
    )


def _check_text(stream: IO[bytes]) -> None:
    stream.seek(0)
    marked = MARKS.get(stream.read(2))
    for encoding in (marked,) if marked else ENCODINGS:
        try:
            return _decode(stream, encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("The file is not text, whatever its name says. Save it again as UTF-8.")
    )


def _decode(stream: IO[bytes], encoding: str) -> None:
    """Raises UnicodeDecodeError, or ValidationError for what no text holds."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while piece := stream.read(PIECE):
        if "\0" in decoder.decode(piece):
            raise ValidationError(
                _("The file is a program or data, not text, whatever its name says.")
            )
    decoder.decode(b"", final=True)
