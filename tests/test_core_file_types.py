"""What an upload is, by its content and not by its name."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.core import archives, page_counts, uploads
from tests.support import office

PAGE = b"<!-- saved -->\n<!DOCTYPE html><html><body>A report</body></html>"


def upload(name, content):
    return SimpleUploadedFile(name, content)


def refusal(name, content):
    with pytest.raises(ValidationError) as caught:
        uploads.check(upload(name, content))
    return caught.value.messages[0]


def zipped(*entries):
    """`entries` are (name, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("kind", archives.KINDS)
def test_each_office_document_is_taken_as_itself_and_as_no_other(kind):
    content = office.document(kind)
    file = upload(f"a.{kind}", content)
    uploads.check(file)
    assert file.read() == content
    for other in set(archives.KINDS) - {kind}:
        assert "not what its name says" in refusal(f"a.{other}", content)


def test_a_document_with_macros_is_refused():
    types = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    macros = zipped(("[Content_Types].xml", types), ("xl/vbaProject.bin", b"x"))
    assert "not what its name says" in refusal("a.xlsx", macros)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.csv", "a.txt"])
@pytest.mark.parametrize(
    "page", [PAGE, b"\xef\xbb\xbf <html lang='cy'>", b"<SCRIPT>alert(1)</SCRIPT>"]
)
def test_a_page_under_another_name_is_refused_as_a_page(name, page):
    assert "web page (HTML)" in refusal(name, page)


def test_what_is_a_pdf_and_a_page_at_once_is_a_page():
    assert "web page (HTML)" in refusal("a.pdf", b"%PDF-1.4\n" + PAGE)


@pytest.mark.parametrize(
    "text",
    [
        b"ardal,safle\nT\xc5\xb7,1\n",
        b"ardal,safle\nCaff\xe8,1\n",
        "ardal\tsafle\nTŷ\t1\n".encode("utf-16"),
        b"\xef\xbb\xbfa,b\n",
        b"a <b> c, 1 < 2\n",
        b"",
    ],
)
def test_text_in_the_encodings_that_programs_write(text):
    uploads.check(upload("a.csv", text))


def test_what_no_text_holds_is_refused():
    assert "program or data" in refusal("a.csv", b"a,b\n\0\0\n")
    assert "not text" in refusal("a.txt", b"\x81\x8d\xff\xfe")


def test_a_bomb_is_refused_with_the_reason():
    zeros = b"\0" * (60 * 1024 * 1024)
    content = zipped(("[Content_Types].xml", b"x"), ("xl/sheet.xml", zeros))
    assert len(content) < 100_000
    assert "200 times as large" in refusal("a.xlsx", content)


def test_so_are_too_many_parts_and_parts_within_parts(monkeypatch):
    once = zipped(("a.txt", b"a"))
    twice = zipped(("b.zip", once))
    assert "ZIP files within ZIP files" in refusal("a.docx", zipped(("c.zip", twice)))
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    many = zipped(*((f"{n}.xml", b"x") for n in range(4)))
    assert "more than 3 parts" in refusal("a.docx", many)


def test_a_directory_that_lies_about_sizes_is_refused():
    content = zipped(("[Content_Types].xml", b"x"), ("a.bin", bytes(range(256)) * 9000))
    # The size of the second part, as the central directory gives it (APPNOTE 4.3.12).
    at = content.rindex(b"PK\x01\x02") + 24
    lying = content[:at] + (4).to_bytes(4, "little") + content[at + 4 :]
    assert "not what its name says" in refusal("a.docx", lying)


def test_a_large_directory_is_not_read():
    """ZIP64: the small record at the end says nothing, the one before says all."""
    record = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(12)
    record += b"".join(n.to_bytes(8, "little") for n in (5, 5, 2**40, 0))
    locator = b"PK\x06\x07" + bytes(4) + bytes(8) + (1).to_bytes(4, "little")
    end = b"PK\x05\x06" + bytes(4) + b"\xff" * 12 + bytes(2)
    assert "more than" in refusal("a.docx", record + locator + end)


def test_a_part_that_leads_outside_is_refused():
    content = zipped(("../../etc/passwd", b"x"))
    assert "leads outside" in refusal("a.docx", content)


def test_a_spreadsheet_in_a_slide_is_no_bomb():
    embedded = ("ppt/embeddings/sheet1.xlsx", office.document("xlsx"))
    uploads.check(upload("a.pptx", office.document("pptx", embedded)))


def test_pages_are_counted_where_the_file_says():
    assert page_counts.count(io.BytesIO(office.pdf(pages=3))) == 3
    for damaged in (b"%PDF-1.7\n%test\n", b"%PDF-1.7", office.pdf(pages=2)[:-60]):
        assert page_counts.count(io.BytesIO(damaged)) is None
