import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from engagement.core import uploads
from tests.support import office


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7"),
        ("REPORT.PDF", b"%PDF-1.7"),
        ("data.xlsx", office.document("xlsx")),
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
        ("slides.pptx", b"<html>", "web page"),
        ("data.xlsx", b"PK\x03\x04", "not what its name says"),
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


def sent(name, content=b"a,b\n", field="upload"):
    """A request with a file under exactly this name, as a program may send it."""
    body = (
        b"--x\r\nContent-Disposition: form-data; name="
        b'"%s"; filename="%s"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--x--\r\n'
        % (field.encode(), name.encode(), content)
    )
    request = RequestFactory().generic(
        "POST", "/", body, "multipart/form-data; boundary=x"
    )
    return request.FILES[field]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../../etc/passwd.csv", "leads to another folder"),
        ("..\\a.csv", "leads to another folder"),
        (f"{'a' * 400}.csv", "longer than 255 letters"),
    ],
)
def test_a_name_that_leads_somewhere_or_fits_nowhere_is_refused(name, problem):
    with pytest.raises(ValidationError, match=problem):
        uploads.check(sent(name))


@pytest.mark.parametrize(
    "name", ["a.csv", "C:\\Files\\a.csv", "a..b.csv", f"{'w' * 251}.csv"]
)
def test_any_other_name_is_taken_with_its_content(name):
    file = sent(name, b"a,b\n1,2\n")
    uploads.check(file)
    assert file.read() == b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("false", "virus scanner refuses"),
        ("sh -c 'exit 2'", "could not be checked"),
        ("/no/such/scanner", "could not be checked"),
    ],
)
def test_a_scanner_that_finds_something_or_fails_refuses(settings, command, problem):
    settings.UPLOAD_SCANNER = command
    with pytest.raises(ValidationError, match=problem):
        uploads.check(upload("a.csv", b"a,b\n"))


def test_a_scanner_reads_the_file(settings):
    settings.UPLOAD_SCANNER = "grep -qvz EICAR"
    file = upload("a.csv", b"a,b\n")
    uploads.check(file)
    assert file.read() == b"a,b\n"
    with pytest.raises(ValidationError, match="virus scanner refuses"):
        uploads.check(upload("a.csv", b"EICAR"))
