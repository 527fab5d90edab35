import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from engagement.core import uploads


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7"),
        ("REPORT.PDF", b"%PDF-1.7"),
        ("data.xlsx", b"PK\x03\x04"),
        ("data.csv", b"a,b\n1,2\n"),
        ("a.b.csv", b""),
    ],
)
def test_takes_what_it_says_it_is(name, content):
    file = upload(name, content)
    uploads.check(file)
    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("page.html", b"<script>", "must be one of"),
        ("program.exe", b"MZ", "must be one of"),
        ("pdf", b"%PDF-", "must be one of"),
        ("report.pdf.svg", b"<svg onload=alert(1)>", "must be one of"),
        ("report.pdf", b"MZ program", "not what its name says"),
        ("report.pdf", b"", "not what its name says"),
        ("slides.pptx", b"<html>", "not what its name says"),
    ],
)
def test_refuses_anything_else(name, content, problem):
    with pytest.raises(ValidationError, match=problem):
        uploads.check(upload(name, content))


def test_names_the_limit(settings):
    settings.MAX_UPLOAD_BYTES = 2 * 1024 * 1024
    uploads.check(upload("a.txt", b"x" * settings.MAX_UPLOAD_BYTES))
    with pytest.raises(ValidationError, match="smaller than 2 MB"):
        uploads.check(upload("a.txt", b"x" * (settings.MAX_UPLOAD_BYTES + 1)))


def test_refuses_in_welsh():
    with translation.override("cy"), pytest.raises(ValidationError) as error:
        uploads.check(upload("program.exe", b"MZ"))
    assert "The file" not in error.value.messages[0]
