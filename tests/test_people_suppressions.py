"""The list of addresses never written to: looked up and added to, never read."""

import pytest

from engagement.audit.models import Entry
from engagement.people.models import Suppression
from engagement.people.services import suppressions
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/suppressions/"


def test_an_address_is_added_and_looked_up(manager_client):
    assert "No address is on the list." in manager_client.get(URL).content.decode()
    added = {"add": "1", "add-email": "Ann@Example.org", "add-reason": "asked"}
    page = manager_client.post(URL, added, follow=True).content.decode()
    assert "never written to from now on" in page
    assert "Asked not to be written to" in page
    assert "ann@example.org" not in page.lower(), "nobody can list them"
    page = manager_client.post(URL, {"check-email": "ann@EXAMPLE.org"}).content.decode()
    assert "is on the list since" in page
    page = manager_client.post(URL, {"check-email": "bob@example.org"}).content.decode()
    assert "is not on the list" in page


def test_twice_is_as_once_and_the_trail_holds_no_address(manager):
    for _time in range(2):
        suppressions.add(by=manager, address="ann@example.org", reason="asked")
    row = Suppression.objects.get()
    entry = Entry.objects.get()
    assert entry.target == f"#{row.pk}"
    assert row.digest not in str(vars(entry))


def test_lifted_by_the_person_and_put_back():
    person = factories.make_person()
    suppressions.add(by=None, address=person.email, reason="complained")
    suppressions.lift(person=person)
    assert suppressions.find(person.email) is None
    suppressions.add(by=None, address=person.email, reason="asked")
    assert suppressions.find(person.email).reason == "asked"


def test_the_code_depends_on_the_key(settings):
    suppressions.add(by=None, address="ann@example.org", reason="asked")
    settings.HASH_KEY = "another"
    assert suppressions.find("ann@example.org") is None


def test_domains_are_compared_in_their_ascii_form():
    suppressions.add(by=None, address="ann@tŷ.example.org", reason="asked")
    assert suppressions.find("ANN@xn--t-foa.example.org")


def test_bad_input(manager_client):
    assert manager_client.post(URL, {"check-email": "x"}).status_code == 422
    answer = manager_client.post(URL, {"add": "1", "add-email": "a@example.org"})
    assert answer.status_code == 422
    assert "Choose a reason." in answer.content.decode()
    assert not Suppression.objects.exists()


def test_only_for_managers(client, member_client):
    assert client.get(URL).status_code == 302
    assert member_client.post(URL, {}).status_code == 403
