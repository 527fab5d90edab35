"""Corrections: dated notices that stay, with the file that was wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.formats import date_format
from django.utils.timezone import localdate

from engagement.outputs.models import Correction, File
from engagement.outputs.services import corrections, editions
from tests.factories import PDF, make_output

pytestmark = pytest.mark.django_db
WORDS = {"text_en": "Table 3 was wrong.", "text_cy": "Roedd Tabl 3 yn anghywir."}


@pytest.fixture
def output():
    return make_output(published=True, with_file=True)


def form(output):
    return f"/en/outputs/manage/{output.slug}/editions/1/correct/"


def upload(content=b"%PDF-1.7\n%new\n", name="new.pdf"):
    return SimpleUploadedFile(name, content)


def test_replaces_a_file_and_keeps_the_old_one(client, manager_client, output):
    old = File.objects.get()
    fields = WORDS | {"old_file": old.pk, "upload": upload()}
    answer = manager_client.post(form(output), fields)
    assert answer.url == output.editions.get().get_absolute_url()
    new = File.objects.get(name="new.pdf")
    assert new.language == old.language
    for url in (output.get_absolute_url(), answer.url):
        page = client.get(url).content.decode()
        files, notice = page.split('id="corrections"')
        assert f"/files/{new.pk}/" in files
        assert f"/files/{old.pk}/" not in files
        assert f"/files/{old.pk}/" in notice
        assert "Replaced" in notice
        assert "Table 3 was wrong." in notice
        assert date_format(localdate(), "DATE_FORMAT") in notice
    got = client.get(f"/en/outputs/files/{old.pk}/")
    assert b"".join(got.streaming_content) == PDF
    page = client.get(f"/cy/outputs/{output.slug}/").content.decode()
    assert "Roedd Tabl 3 yn anghywir." in page


def test_a_notice_alone(client, manager_client, output):
    manager_client.post(form(output), WORDS)
    page = client.get(output.get_absolute_url()).content.decode()
    assert "Table 3 was wrong." in page
    assert "Replaced" not in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text_cy": ""}, "Say it in Welsh."),
        ({"text_en": " "}, "Say it in English."),
        ({"upload": upload()}, "Choose the file that is replaced."),
        ({"old_file": "first"}, "Choose the file that takes its place."),
        ({"old_file": "first", "upload": upload(b"<html>")}, "web page (HTML)"),
        ({"old_file": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(manager_client, output, fields, error):
    if fields.get("old_file") == "first":
        fields = fields | {"old_file": File.objects.get().pk}
    answer = manager_client.post(form(output), WORDS | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Correction.objects.exists()
    assert File.objects.count() == 1


def test_only_what_is_public_is_corrected(output):
    edition = editions.create(by=None, output=output, fields={})
    with pytest.raises(editions.NotPublic):
        corrections.add(by=None, edition=edition, **WORDS)


def test_a_file_is_replaced_once(output):
    edition, old = output.editions.get(), File.objects.get()
    fields = WORDS | {"edition": edition, "old_file": old}
    corrections.add(by=None, upload=upload(), **fields)
    with pytest.raises(corrections.AlreadyReplaced):
        corrections.add(by=None, upload=upload(), **fields)
    assert File.objects.count() == 2


def test_is_for_staff(client, member_client, manager_client, output):
    assert client.post(form(output), WORDS).status_code == 302
    assert member_client.post(form(output), WORDS).status_code == 403
    assert manager_client.get(form(output)).status_code == 200
    assert manager_client.get(form(output).replace("/1/", "/2/")).status_code == 404
    assert not Correction.objects.exists()
