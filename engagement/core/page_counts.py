"""How many pages a PDF has, as it says itself, without reading all of it."""

from typing import IO, cast

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject


def count(stream: IO[bytes]) -> int | None:
    """None for what is damaged, locked, or does not say; the stream is at its start."""
    # Without this mark at its end, pypdf would look for one all the way to the start.
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - 1024))
    ends = b"%%EOF" in stream.read()
    stream.seek(0)
    if not ends:
        return None
    try:
        # Strict, as a damaged file would be mended in memory, where it may not fit.
        reader = PdfReader(stream, strict=True)
        root = cast(DictionaryObject, reader.trailer["/Root"].get_object())
        pages = cast(DictionaryObject, root["/Pages"].get_object())["/Count"]
        number = int(str(pages.get_object()))
        return number if 0 < number < 1_000_000 else None
    except (
        *(PyPdfError, KeyError, TypeError, ValueError, AttributeError, IndexError),
        *(OSError, RecursionError, AssertionError, OverflowError, NotImplementedError),
    ):
        return None
    finally:
        stream.seek(0)
