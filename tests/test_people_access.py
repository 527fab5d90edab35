"""What a person gets who asks for everything that is held on them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from engagement.audit.models import Entry
from engagement.events.services import registrations
from engagement.people.management.commands.export_person import Command
from engagement.people.models import EmailAddress, Interest
from engagement.people.services import access
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def siwan():
    person = factories.make_person(
        name="Siân Ŵyn <b>", email="sian@example.org", language="cy", sector="academic"
    )
    EmailAddress.of(person, "sian@other.example.org").save()
    person.interests.add(
        Interest.objects.create(slug="health", name_en="Health", name_cy="Iechyd")
    )
    factories.make_subscription(person=person)
    registrations.register(
        by=None,
        event=factories.make_event(published=True),
        language="cy",
        name="Siân",
        email="sian@example.org",
        organisation="Ysgol",
        sector="academic",
        wants_welsh=True,
    )
    return person


def unpacked(person):
    archive = ZipFile(BytesIO(access.export(by=None, person=person)))
    page = archive.read("index.html").decode()
    return json.loads(archive.read("data.json")), page


def test_it_holds_each_row_about_them(siwan):
    data, page = unpacked(siwan)
    assert data["people.Person"][0]["name"] == "Siân Ŵyn <b>"
    assert {row["address"] for row in data["people.EmailAddress"]} == {
        "sian@example.org",
        "sian@other.example.org",
    }
    assert data["events.Registration"][0]["organisation"] == "Ysgol"
    assert data["people.Consent"][0]["wording"] == "I agree."
    assert data["newsletters.Subscription"]
    assert data["mail.Message"][0]["to"] == "sian@example.org"
    assert "sian@other.example.org" in page
    assert "Siân Ŵyn &lt;b&gt;" in page
    assert '<html lang="cy">' in page


def test_it_holds_nothing_of_others(siwan, manager):
    other = factories.make_person(name="Somebody Else", email="else@example.org")
    factories.make_subscription(person=other)
    archive = access.export(by=manager, person=siwan)
    text = b"".join(
        ZipFile(BytesIO(archive)).read(name) for name in ("index.html", "data.json")
    ).decode()
    assert "Somebody Else" not in text
    assert "else@example.org" not in text
    assert manager.name not in text, "who of the team did it"


def test_it_holds_no_secret(siwan):
    data, _page = unpacked(siwan)
    assert all("token" not in row for row in data.get("newsletters.Delivery", []))
    assert "password" not in json.dumps(data)


def test_those_merged_into_them_are_theirs(siwan):
    old = factories.make_person(name="Sian Wyn", email="sw@example.org")
    factories.make_subscription(person=old)
    old.merged_into = siwan
    old.save()
    data, _page = unpacked(siwan)
    assert {row["name"] for row in data["people.Person"]} == {
        "Siân Ŵyn <b>",
        "Sian Wyn",
    }
    assert len(data["people.Consent"]) == 2


def test_the_trail_says_that_it_was_given(siwan, manager):
    access.export(by=manager, person=siwan)
    entry = Entry.objects.get(action="person.exported")
    assert (entry.actor_id, entry.target) == (manager.pk, f"#{siwan.pk}")


def test_the_questions_do_not_grow_with_the_rows(siwan, django_assert_max_num_queries):
    for _number in range(10):
        factories.make_subscription(person=siwan)
    with django_assert_max_num_queries(42):
        access.export(by=None, person=siwan)


class TestCommand:
    def test_writes_the_file(self, siwan, tmp_path, capsys):
        out = tmp_path / "sian.zip"
        call_command("export_person", "SIAN@example.org", out=out)
        assert "data.json" in ZipFile(out).namelist()

    def test_an_address_that_nobody_has(self, tmp_path):
        with pytest.raises(CommandError) as refused:
            call_command("export_person", "nobody@example.org", out=tmp_path / "x.zip")
        assert refused.value.returncode == 1

    def test_a_folder_that_is_not_there(self, siwan, tmp_path):
        with pytest.raises(CommandError) as refused:
            call_command("export_person", "sian@example.org", out=tmp_path / "no" / "x")
        assert refused.value.returncode == 1

    def test_wrong_use(self):
        with pytest.raises(SystemExit) as refused:
            Command().run_from_argv(["manage.py", "export_person"])
        assert refused.value.code == 2
