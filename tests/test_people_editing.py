"""Changing what is on record of a person: nothing is overwritten that was true once."""

import io
import json
from datetime import date
from zipfile import ZipFile

import pytest

from engagement.audit.models import Entry
from engagement.groups.models import Membership
from engagement.groups.services import memberships
from engagement.people.models import Consent, Interest, Person, Succession, Tag
from engagement.people.services import affiliations, suppressions
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/"


@pytest.fixture
def person():
    return factories.make_person(name="Ann Author", email="ann@example.org")


def last_action():
    return Entry.objects.first().action


def test_somebody_new_with_a_post_but_no_consent(manager_client):
    body = factories.make_organisation(name_en="Môn Council", name_cy="Cyngor Môn")
    subject = Interest.objects.create(slug="x", name_en="Housing", name_cy="Tai")
    new = {
        "name": "Siân Ŵyn",
        "email": "Sian@Example.org",
        "language": "cy",
        "interests": [subject.pk],
        "tags": "analyst,  Champion , ANALYST",
    }
    answer = manager_client.post(f"{URL}new/", new)
    made = Person.objects.get(email="sian@example.org")
    assert answer.url == f"{URL}{made.pk}/posts/"
    assert set(made.tags.values_list("name", flat=True)) == {"ANALYST", "Champion"}
    assert list(made.interests.all()) == [subject]
    assert "Môn Council" in manager_client.get(answer.url).content.decode()
    post = {"organisation": "cyngor mon", "post": "Analyst", "sector": "private"}
    manager_client.post(answer.url, post | {"function": "research"})
    row = made.affiliations.get()
    assert (row.organisation, row.stated_sector) == (body, "")
    assert not Consent.objects.exists()
    assert last_action() == "person.post_begun"


def test_a_body_not_on_record_is_kept_as_written(manager_client, person):
    post = {"organisation": "Elsewhere Ltd", "sector": "private"}
    manager_client.post(f"{URL}{person.pk}/posts/", post)
    row = person.affiliations.get()
    assert (row.organisation_name, row.stated_sector) == ("Elsewhere Ltd", "private")


def test_who_has_the_address_already_is_shown(manager_client, person):
    new = {"name": "Another", "email": "ANN@example.org", "language": "en"}
    answer = manager_client.post(f"{URL}new/", new)
    assert answer.status_code == 422
    assert f'href="{URL}{person.pk}/"' in answer.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "sent", "told"),
    [
        ("new/", {"name": "", "email": "x@", "language": "fr"}, "Enter a name."),
        ("new/", {"name": "A", "email": "x@"}, "name@example.org"),
        ("{pk}/edit/", {"name": "A", "language": "en", "tags": "t" * 61}, "60 letters"),
        ("{pk}/posts/", {"started_on": ""}, "what or where"),
        ("{pk}/posts/", {"post": "A", "started_on": "soon"}, "Enter a date."),
        ("{pk}/addresses/", {"email": "x"}, "name@example.org"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    manager_client, person, page, sent, told
):
    answer = manager_client.post(URL + page.format(pk=person.pk), sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_change_says_which_fields(manager_client, person):
    person.tags.add(Tag.objects.create(name="old"))
    page = manager_client.get(f"{URL}{person.pk}/edit/").content.decode()
    assert 'value="old"' in page
    sent = {"name": "Ann Author", "language": "cy", "tags": "OLD, new"}
    assert manager_client.post(f"{URL}{person.pk}/edit/", sent).status_code == 302
    person.refresh_from_db()
    assert person.language == "cy"
    assert set(person.tags.values_list("name", flat=True)) == {"old", "new"}
    assert Entry.objects.get().detail == {"fields": ["language", "tags"]}
    manager_client.post(f"{URL}{person.pk}/edit/", sent)
    assert Entry.objects.count() == 1


def test_addresses_one_of_which_gets_the_mail(manager_client, person):
    manager_client.post(f"{URL}{person.pk}/addresses/", {"email": "Second@example.org"})
    second = person.addresses.get(address="second@example.org")
    first = person.addresses.get(address="ann@example.org")
    row = f"{URL}{person.pk}/addresses/{second.pk}/"
    manager_client.post(row, {"primary": "1"})
    person.refresh_from_db()
    assert person.email == "second@example.org"
    answer = manager_client.post(row, {"remove": "1"}, follow=True)
    assert "Choose another one first." in answer.content.decode()
    manager_client.post(f"{URL}{person.pk}/addresses/{first.pk}/", {"remove": "1"})
    assert list(person.addresses.all()) == [second]


def test_another_persons_address_is_refused(manager_client, person):
    factories.make_person(email="taken@example.org")
    sent = {"email": "taken@example.org"}
    answer = manager_client.post(f"{URL}{person.pk}/addresses/", sent)
    assert answer.status_code == 422
    assert person.addresses.count() == 1


def test_an_ended_post_raises_a_successor_for_the_seat(manager_client, person):
    body = factories.make_organisation()
    post = affiliations.begin(
        by=None, person=person, organisation=body, started_on=date(2026, 1, 1)
    )
    group = factories.make_group(name_en="Steering", name_cy="Llywio")
    seat = factories.make_seat(group=group, member=person, label_en="Councils")
    url = f"{URL}{person.pk}/posts/{post.pk}/end/"
    answer = manager_client.post(url, {"on": "2025-12-31"}, follow=True)
    assert "The post began later than this." in answer.content.decode()
    answer = manager_client.post(url, {"on": "2026-06-30"}, follow=True)
    assert "Find a successor for what they held." in answer.content.decode()
    raised = Succession.objects.get()
    assert (raised.what_en, raised.organisation) == ("Steering: Councils", body)
    assert raised.what_cy.startswith("Llywio: ")
    dashboard = manager_client.get("/en/dashboard/").content.decode()
    assert "Steering: Councils" in dashboard
    manager_client.post(url, {"on": "2026-07-30"})
    post.refresh_from_db()
    assert post.ended_on == date(2026, 6, 30)
    assert Succession.objects.count() == 1
    memberships.end(by=None, membership=seat.memberships.get())
    new = factories.make_person()
    memberships.fill(by=None, seat=seat, email=new.email)
    raised.refresh_from_db()
    assert raised.settled_at is not None
    assert Membership.objects.filter(person=person).get().ended_on is not None


def test_a_successor_that_is_not_needed(manager_client, person):
    post = affiliations.begin(by=None, person=person, post="Analyst")
    factories.make_seat(group=factories.make_group(), member=person)
    affiliations.end(by=None, affiliation=post, on=date(2026, 1, 1))
    raised = Succession.objects.get()
    manager_client.post(f"{URL}successors/{raised.pk}/settle/")
    assert Succession.objects.get().settled_at is not None
    assert last_action() == "succession.settled"
    page = manager_client.get(f"{URL}{person.pk}/").content.decode()
    assert "Find a successor" not in page


def test_staff_fetch_and_erase_for_who_cannot(manager_client, person):
    answer = manager_client.post(f"{URL}{person.pk}/everything/")
    with ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["people.Person"][0]["email"] == "ann@example.org"
    assert manager_client.get(f"{URL}{person.pk}/erase/").status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()
    answer = manager_client.post(f"{URL}{person.pk}/erase/", follow=True)
    assert "The person was erased." in answer.content.decode()
    assert not Person.objects.filter(pk=person.pk).exists()
    assert suppressions.find("ann@example.org")


def test_who_runs_the_site_is_not_erased(manager_client, manager, person):
    Person.objects.filter(pk=person.pk).update(user=manager)
    answer = manager_client.post(f"{URL}{person.pk}/erase/")
    assert answer.status_code == 422
    assert "Close the account first." in answer.content.decode()


def test_who_was_merged_away_is_not_edited(manager_client, person):
    gone = factories.make_person(merged_into=person)
    assert manager_client.get(f"{URL}{gone.pk}/edit/").status_code == 404


def test_welsh(manager_client, person):
    Interest.objects.create(slug="x", name_en="Housing", name_cy="Tai")
    page = manager_client.get(f"/cy/people/{person.pk}/edit/").content.decode()
    assert "Diddordebau" in page
    assert "Tai" in page
    assert "Housing" not in page
