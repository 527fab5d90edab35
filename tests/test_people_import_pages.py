"""Uploading, choosing columns, seeing what would happen, applying."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.people.models import PeopleImport, Person
from engagement.people.services import imports
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/imports/"
FILE = "Name;Email\nAnn <b>;ann@example.org\nBob;bob@example.org\n"


def upload(client, text=FILE, name="list.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def chosen(client, text=FILE, **fields):
    """Uploaded, with its columns, and checked by a worker."""
    url = upload(client, text).url
    client.post(url, {"name": "Name", "email": "Email"} | fields)
    record = PeopleImport.objects.get()
    imports.run_check(import_id=record.pk)
    return f"{URL}{record.pk}/"


def test_from_the_file_to_the_people(manager_client):
    answer = upload(manager_client)
    page = manager_client.get(answer.url).content.decode()
    assert '<option value="Email" selected>' in page
    answer = manager_client.post(answer.url, {"name": "Name", "email": "Email"})
    record = PeopleImport.objects.get()
    page = manager_client.get(answer.url).content.decode()
    assert "Being checked" in page
    assert 'http-equiv="refresh"' in page
    imports.run_check(import_id=record.pk)
    page = manager_client.get(answer.url).content.decode()
    assert "Checked, nothing applied yet" in page
    assert not Person.objects.exists()
    manager_client.post(f"{answer.url}apply/")
    assert Entry.objects.get(action="import.started").actor
    imports.run_apply(import_id=record.pk)
    assert Person.objects.count() == 2
    assert "Applied" in manager_client.get(answer.url).content.decode()
    record.refresh_from_db()
    assert not record.file
    assert default_storage.listdir("imports")[1] == []
    assert Entry.objects.get(action="import.applied").detail == {"new": 2}


def test_wrong_rows_are_shown_and_nothing_can_be_applied(manager_client):
    url = chosen(manager_client, FILE + "<i>;x\n")
    page = manager_client.get(url).content.decode()
    assert "This is not an e-mail address." in page
    assert "Nothing was imported." in page
    assert "apply/" not in page
    manager_client.post(f"{url}apply/")
    assert PeopleImport.objects.get().state == "refused"


def test_changes_and_people_alike(manager_client):
    factories.make_person(name="", email="ann@example.org", language="cy")
    bob = factories.make_person(name="B O B", email="b@example.org")
    bob.name = "Bob"
    bob.save()
    url = chosen(manager_client)
    page = manager_client.get(url).content.decode()
    assert "Ann &lt;b&gt;" in page
    assert f'value="{bob.pk}"' in page
    manager_client.post(f"{url}same/", {"row-3": bob.pk, "row-2": 999})
    record = PeopleImport.objects.get()
    assert record.choices["same"] == {"3": bob.pk}
    imports.run_check(import_id=record.pk)
    record.refresh_from_db()
    assert record.result["counts"] == {"changed": 2}


def test_columns_that_make_no_sense(manager_client):
    url = upload(manager_client).url
    for fields in ({}, {"name": "Name"}, {"name": "Name", "email": "Name"}):
        assert manager_client.post(url, fields).status_code == 422
    assert PeopleImport.objects.get().state == "uploaded"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", "a.exe"),
        ("x", "a.pdf"),
        ("", "a.csv"),
        ("a,b\x00\n", "a.csv"),
        ("x", "a.xlsx"),
        ("a,a\n", "a.csv"),
    ],
)
def test_files_that_are_refused(manager_client, text, name):
    assert upload(manager_client, text, name).status_code == 422
    assert not PeopleImport.objects.exists()


def test_windows_letters_are_warned_of(manager_client):
    url = upload(
        manager_client, "Name;Email\nSiân;s@example.org\n".encode("cp1252")
    ).url
    assert "Windows-1252" in manager_client.get(url).content.decode()


def test_the_part_that_is_asked_for_again_is_no_whole_page(manager_client):
    url = chosen(manager_client)
    part = manager_client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="import"' in part


class TestWorkers:
    def test_two_do_not_do_the_same(self, manager_client):
        url = chosen(manager_client)
        manager_client.post(f"{url}apply/")
        record = PeopleImport.objects.get()
        for _time in range(2):
            imports.run_apply(import_id=record.pk)
        assert Person.objects.count() == 2
        assert Entry.objects.filter(action="import.applied").count() == 1

    def test_one_that_died_is_found(self, manager_client):
        url = chosen(manager_client)
        manager_client.post(f"{url}apply/")
        record = PeopleImport.objects.get()
        PeopleImport.objects.update(beat_at=timezone.now() - timedelta(minutes=6))
        imports.sweep()
        record.refresh_from_db()
        assert record.state == "failed"
        assert "nothing was changed" in manager_client.get(url).content.decode()

    def test_old_files_go(self, manager_client):
        chosen(manager_client)
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            imports.sweep()
        record = PeopleImport.objects.get()
        assert not record.file
        assert "ann@example.org" not in str(record.result)

    def test_what_changed_since_is_not_applied(self, manager_client):
        url = chosen(manager_client)
        factories.make_person(email="ann@example.org")
        manager_client.post(f"{url}apply/")
        imports.run_apply(import_id=PeopleImport.objects.get().pk)
        page = manager_client.get(url).content.decode()
        assert "The records have changed since." in page
        assert Person.objects.count() == 1


def test_exports(manager_client):
    factories.make_person(name="Ann", sector="academic")
    factories.make_person(name="Bob")
    answer = manager_client.get("/en/people/export.csv", {"sector": "academic"})
    text = answer.content.decode("utf-8-sig")
    assert "Ann" in text
    assert "Bob" not in text
    assert manager_client.get("/en/people/export.xlsx").content.startswith(b"PK")
    assert manager_client.get("/en/people/export.pdf").status_code == 404
    assert manager_client.get("/en/people/export.csv?sector=x").status_code == 422


def test_nothing_yet_in_welsh(manager_client):
    page = manager_client.get("/cy/people/imports/").content.decode()
    assert "Nid oes dim wedi'i fewnforio eto." in page


def test_the_questions(manager_client, django_assert_max_num_queries):
    url = chosen(manager_client)
    with django_assert_max_num_queries(6):
        manager_client.get(url)
    with django_assert_max_num_queries(6):
        manager_client.get(URL)


def test_only_for_managers(client, member_client):
    for url in (URL, "/en/people/export.csv", f"{URL}1/"):
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403
