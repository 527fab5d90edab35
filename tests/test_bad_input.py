"""What no page expects: said plainly, in the reader's language, and nothing half done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.groups.models import Paper
from engagement.outputs.models import File
from tests import factories

pytestmark = pytest.mark.django_db
PDF_30_MB = b"%PDF-1.7\n" + b"0" * 30 * 1024 * 1024


@pytest.mark.parametrize(
    "address",
    [
        "/fr/",
        "/fr/events/",
        "/en/nothing/",
        "/en/events/no-such-event/",
        "/en/outputs/files/999999/",
        "/en/outputs/files/99999999999999999999/",
        "/en/groups/papers/x/",
        "/en/newsletters/articles/none/",
        "/en/newsletters/confirm/made-up/",
        "/en/newsletters/unsubscribe/made-up/",
        "/en/events/registration/made-up/",
        "/unsubscribe/made-up",
        "/en/mail/../../etc/passwd",
    ],
)
def test_what_is_not_there_is_a_404_page(client, address):
    page = client.get(address, follow=True)
    assert page.status_code == 404
    assert "<h1>" in page.content.decode()


def test_an_unknown_language_is_answered_in_the_reader_s(client):
    page = client.get("/fr/", headers={"Accept-Language": "cy, en;q=0.5"})
    assert page.status_code == 404
    assert '<html lang="cy"' in page.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/en/%00/", "/en/events/?study=a%00b", "/cy/outputs/?words=%00", "/%00"],
)
def test_a_nul_byte_in_the_address_is_a_400_page(client, address):
    page = client.get(address)
    assert page.status_code == 400
    assert "<h1>" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/en/events/?page=x&study=none&kind=none&section=none",
        "/en/outputs/?page=-1&study=none&kind=none",
        "/cy/outputs/?words=" + "a" * 500,
        "/en/events/?page=99999999999999999999",
    ],
)
def test_a_question_that_makes_no_sense_is_no_crash(client, address):
    assert client.get(address).status_code in {200, 422}


@pytest.mark.slow
def test_30_mb_are_refused_with_the_limit_named(manager_client, settings):
    settings.MAX_OUTPUT_BYTES = settings.MAX_UPLOAD_BYTES
    output = factories.make_output()
    meeting = factories.make_meeting(group=factories.make_group())
    words = {"title_en": "A", "title_cy": "A", "language": "en"}
    for address, field in (
        (f"/en/outputs/manage/{output.slug}/files/", "upload"),
        (f"/en/groups/meetings/{meeting.pk}/paper/", "file"),
    ):
        file = SimpleUploadedFile("big.pdf", PDF_30_MB)
        page = manager_client.post(address, words | {field: file})
        assert page.status_code == 422, address
        assert "The file must be smaller than 20 MB." in page.content.decode()
    page = manager_client.post(
        f"/cy/outputs/manage/{output.slug}/files/",
        words | {"upload": SimpleUploadedFile("big.pdf", PDF_30_MB)},
    )
    assert "Rhaid i'r ffeil fod" in page.content.decode().replace("&#x27;", "'")
    assert not File.objects.exists()
    assert not Paper.objects.exists()


def test_a_program_called_pdf_is_refused(manager_client):
    output = factories.make_output()
    page = manager_client.post(
        f"/en/outputs/manage/{output.slug}/files/",
        {"upload": SimpleUploadedFile("a.pdf", b"MZ\x90"), "language": "en"},
    )
    assert page.status_code == 422
    assert "The file is not what its name says." in page.content.decode()


def test_a_form_that_was_open_too_long_says_so(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/cy/account/sign-in/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert '<html lang="cy"' in answer.content.decode()
