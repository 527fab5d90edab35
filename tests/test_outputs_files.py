import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from engagement.outputs.models import Edition, File
from engagement.outputs.services import files
from tests.factories import PDF, make_file, make_output

pytestmark = pytest.mark.django_db


@pytest.fixture
def output():
    return make_output(status="draft")


def upload(name="a.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def add(client, output, **fields):
    fields = {"upload": upload(), "language": "en"} | fields
    return client.post(f"/en/outputs/manage/{output.slug}/files/", fields)


def kept(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_keeps_the_file_with_its_facts(manager_client, manager, output):
    answer = add(manager_client, output, upload=upload("Adroddiad Tŷ 2011.PDF"))
    assert answer.url == f"/en/outputs/manage/{output.slug}/"
    file = File.objects.get()
    assert file.name == "adroddiad-tŷ-2011.pdf"
    assert file.content_type == "application/pdf"
    assert file.size == len(PDF)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert file.upload.read() == PDF
    assert file.edition.number == 1
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("output.file_added", str(manager))
    page = manager_client.get(answer.url).content.decode()
    assert "adroddiad-tŷ-2011.pdf" in page


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("€.pdf", "file.pdf"),
        ("ŵ" * 200 + ".pdf", "ŵ" * 80 + ".pdf"),
        ("日本.pdf", "日本.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("a.tar.pdf", "atar.pdf"),
    ],
)
def test_a_name_is_made_safe(manager_client, output, name, safe):
    assert add(manager_client, output, upload=upload(name)).status_code == 302
    file = File.objects.get()
    assert file.name == safe
    assert file.upload.name.isascii()


def test_a_second_language_joins_the_edition(manager_client, output):
    add(manager_client, output)
    add(manager_client, output, language="cy")
    assert set(File.objects.values_list("edition__number", flat=True)) == {1}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"upload": ""}, "Choose a file."),
        ({"upload": upload(content=b"")}, "The file is empty."),
        ({"upload": upload("a.exe")}, "The file must be one of: pdf"),
        ({"upload": upload("a.svg")}, "The file must be one of: pdf"),
        ({"upload": upload(content=b"MZ")}, "The file is not what its name says."),
        ({"language": ""}, "Choose a language."),
        ({"language": "fr"}, "fr"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(
    manager_client, output, settings, fields, error
):
    answer = add(manager_client, output, **fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Edition.objects.exists()
    assert not kept(settings.MEDIA_ROOT)


def test_names_the_limit_of_outputs(manager_client, output, settings):
    settings.MAX_OUTPUT_BYTES = 1024 * 1024
    settings.MAX_UPLOAD_BYTES = 10
    assert add(manager_client, output).status_code == 302
    big = upload(content=PDF + b"0" * 1024 * 1024)
    answer = add(manager_client, output, upload=big)
    assert answer.status_code == 422
    assert "The file must be smaller than 1 MB." in answer.content.decode()
    assert File.objects.count() == 1


def test_neither_row_nor_file_where_the_database_refuses(output, settings):
    with pytest.raises(IntegrityError, match="language"), transaction.atomic():
        files.add(by=None, output=output, upload=upload(), language=None)
    assert not Edition.objects.exists()
    assert not kept(settings.MEDIA_ROOT)


def test_takes_a_file_out_of_a_draft(
    manager_client, output, settings, django_capture_on_commit_callbacks
):
    file = make_file(output=output)
    url = f"/en/outputs/manage/{output.slug}/files/{file.pk}/remove/"
    assert manager_client.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        page = manager_client.post(url, follow=True).content.decode()
    assert "The file is removed." in page
    assert not File.objects.exists()
    assert not kept(settings.MEDIA_ROOT)
    assert Entry.objects.get().action == "output.file_removed"


def test_a_published_file_stays(manager_client, settings):
    output = make_output(published=True)
    file = make_file(output=output)
    url = f"/en/outputs/manage/{output.slug}/files/{file.pk}/remove/"
    assert url not in manager_client.get(answer_url(output)).content.decode()
    page = manager_client.post(url, follow=True).content.decode()
    assert "A published file stays." in page
    assert File.objects.exists()
    assert kept(settings.MEDIA_ROOT)


def answer_url(output):
    return f"/en/outputs/manage/{output.slug}/"


def test_is_for_staff(client, member_client, output):
    file = make_file(output=output)
    remove = f"/en/outputs/manage/{output.slug}/files/{file.pk}/remove/"
    assert add(client, output).status_code == 302
    assert add(member_client, output).status_code == 403
    assert client.post(remove).status_code == 302
    assert member_client.post(remove).status_code == 403
    assert File.objects.count() == 1


def test_what_does_not_exist_is_not_found(manager_client, output):
    other = make_file(output=make_output(status="draft"))
    url = f"/en/outputs/manage/{output.slug}/files/"
    assert manager_client.get(url).status_code == 405
    assert manager_client.post(f"{url}999/remove/").status_code == 404
    # Another output's file is not reached through this one.
    assert manager_client.post(f"{url}{other.pk}/remove/").status_code == 404
    assert manager_client.post("/en/outputs/manage/nowhere/files/").status_code == 404
