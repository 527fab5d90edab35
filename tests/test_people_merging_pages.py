"""Finding duplicates, comparing them, merging and undoing, as staff do it."""

import pytest

from engagement.people.models import Merge, NotTheSame, Person
from engagement.people.services import merging
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/merging/"


@pytest.fixture
def two():
    return (
        factories.make_person(name="Siân <i>Wyn</i>", email="sian@one.org"),
        factories.make_person(name="Sian i Wyn i", email="sw@one.org", language="cy"),
    )


def compare(two):
    return f"{URL}person/{two[0].pk}/{two[1].pk}/"


def test_duplicates_are_listed_and_compared(manager_client, two):
    page = manager_client.get(URL).content.decode()
    assert "sian@one.org" in page
    assert compare(two) in page
    page = manager_client.get(compare(two)).content.decode()
    assert "Siân &lt;i&gt;Wyn&lt;/i&gt;" in page
    assert "E-mail addresses" in page


def test_chosen_values_are_kept(manager_client, two):
    answer = manager_client.post(
        compare(two), {"name": "merged", "email": "kept", "language": "merged"}
    )
    assert answer.url == f"/en/people/{two[0].pk}/"
    kept = Person.objects.current().get()
    assert (kept.name, kept.email, kept.language) == (
        "Sian i Wyn i",
        "sian@one.org",
        "cy",
    )
    gone = manager_client.get(f"/en/people/{two[1].pk}/")
    assert gone.url == f"/en/people/{two[0].pk}/"


def test_a_choice_is_needed(manager_client, two):
    answer = manager_client.post(compare(two), {"name": "merged"})
    assert answer.status_code == 422
    assert "Choose one of the two." in answer.content.decode()
    assert not Merge.objects.exists()


def test_merged_already_says_so(manager_client, two):
    merging.merge(by=None, kept=two[0], merged=two[1])
    answer = manager_client.post(
        compare(two), {"name": "kept", "email": "kept", "language": "kept"}
    )
    assert answer.status_code == 422
    assert "merged already" in answer.content.decode()


def test_undo(manager_client, two):
    merge = merging.merge(by=None, kept=two[0], merged=two[1])
    page = manager_client.get(URL).content.decode()
    assert f"{URL}{merge.pk}/undo/" in page
    page = manager_client.post(f"{URL}{merge.pk}/undo/", follow=True).content.decode()
    assert "The merge was undone." in page
    assert Person.objects.current().count() == 2
    page = manager_client.post(f"{URL}{merge.pk}/undo/", follow=True).content.decode()
    assert "This merge has been undone." in page


def test_not_the_same_is_remembered(manager_client, two):
    manager_client.post(f"{URL}person/{two[1].pk}/{two[0].pk}/different/")
    assert NotTheSame.objects.get().one_id == two[0].pk
    assert "No two people look like one." in manager_client.get(URL).content.decode()


def test_choosing_by_name_or_address(manager_client, two):
    url = f"{URL}person/{two[0].pk}/"
    assert "Compare" not in manager_client.get(url).content.decode()
    assert compare(two) in manager_client.get(url, {"words": "sw@"}).content.decode()
    assert (
        "Nothing was found."
        in manager_client.get(url, {"words": "x y"}).content.decode()
    )
    assert manager_client.get(url, {"words": ""}).status_code == 422


def test_bodies(manager_client):
    kept = factories.make_organisation(name_en="Swansea Council")
    merged = factories.make_organisation(name_en="SWANSEA COUNCIL")
    page = manager_client.get(URL).content.decode()
    url = f"{URL}organisation/{kept.pk}/{merged.pk}/"
    assert url in page
    assert manager_client.get(url).status_code == 200
    answer = manager_client.post(url, {"name_en": "kept", "name_cy": "kept"})
    assert answer.url == f"/en/people/organisations/{kept.pk}/"
    page = manager_client.get(answer.url).content.decode()
    assert "SWANSEA COUNCIL" in page


def test_nothing_to_merge(manager_client):
    page = manager_client.get("/cy/people/merging/").content.decode()
    assert "Does dim wedi" in page


def test_unknown_kinds_and_numbers(manager_client):
    for path in ("thing/1/2/", "person/1/2/", "organisation/99/", "person/1/"):
        assert manager_client.get(URL + path).status_code == 404
    assert manager_client.post(f"{URL}thing/1/2/different/").status_code == 404


@pytest.mark.slow
def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    for number in range(20):
        for initial in "ab":
            factories.make_person(
                name=f"Ann Wyn {number}", email=f"{initial}{number}@one.org"
            )
    with django_assert_max_num_queries(25):
        manager_client.get(URL)


def test_only_for_managers(client, member_client, two):
    for url in (URL, compare(two)):
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403


def test_somebody_is_not_kept_apart_from_nobody(manager_client, two):
    one = two[0].pk
    for other in (one, one + 1000, 10**20):
        address = f"{URL}person/{one}/{other}/different/"
        assert manager_client.post(address).status_code == 404
    assert not NotTheSame.objects.exists()
