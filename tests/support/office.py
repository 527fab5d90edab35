"""Small documents that are really what they say they are."""

import io
import zipfile

from pypdf import PdfWriter

from engagement.core import archives


def document(kind, *entries):
    """Office Open XML or OpenDocument; `entries` are (name, content) beside the rest."""
    place, said = archives.KINDS[kind]
    if place != "mimetype":
        said = b'<Types><Override ContentType="application/x.' + said + b'"/></Types>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in ((place, said), *entries):
            archive.writestr(name, content)
    return out.getvalue()


def pdf(pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(210, 297)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def large_pdf(path, size):
    """Of about `size` bytes with a hole in its middle, which takes no room on a disk."""
    whole = pdf(pages=4)
    at = whole.rindex(b"\nxref")
    with path.open("wb") as file:
        file.write(whole[:at])
        file.seek(size)
        place = str(file.tell() + 1).encode()
        file.write(whole[at : whole.rindex(b"startxref")])
        file.write(b"startxref\n" + place + b"\n%%EOF\n")
