import pytest

from engagement.people.models import Alias
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/organisations/"


def test_found_by_any_name_sector_and_area(manager_client):
    body = factories.make_organisation(name_en="Swansea", area="W06000011")
    Alias.objects.create(organisation=body, name="Abertawe <gynt>", kind="former")
    factories.make_organisation(name_en="Elsewhere", sector="voluntary")
    factories.make_person(organisation=body)
    page = manager_client.get(URL, {"words": "abertawe"}).content.decode()
    assert "Swansea" in page
    assert "Elsewhere" not in page
    assert "Organisations: 1" in page
    page = manager_client.get(URL, {"area": "W06000011", "sector": "local_authority"})
    assert "Swansea" in page.content.decode()
    assert manager_client.get(URL, {"sector": "x"}).status_code == 422
    assert (
        "Nothing was found." in manager_client.get(URL, {"words": "q"}).content.decode()
    )


def test_a_page_with_people_now_and_before(manager_client):
    parent = factories.make_organisation(name_en="Above")
    body = factories.make_organisation(parent=parent)
    Alias.objects.create(organisation=body, name="<b>Old</b>")
    now = factories.make_person(name="Ann", organisation=body)
    before = factories.make_person(name="Bob", organisation=body)
    before.affiliations.update(ended_on="2026-01-31")
    page = manager_client.get(f"{URL}{body.pk}/").content.decode()
    assert "&lt;b&gt;Old&lt;/b&gt;" in page
    assert "Above" in page
    assert page.index("Ann") < page.index("People before") < page.index("Bob")
    assert f"/en/people/{now.pk}/" in page


def test_an_empty_one_in_welsh(manager_client):
    body = factories.make_organisation(name_cy="Corff")
    page = manager_client.get(f"/cy/people/organisations/{body.pk}/").content.decode()
    assert "<h1>Corff</h1>" in page


def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    body = factories.make_organisation()
    for _number in range(10):
        factories.make_person(organisation=body)
    with django_assert_max_num_queries(19):
        manager_client.get(f"{URL}{body.pk}/")
    with django_assert_max_num_queries(9):
        manager_client.get(URL)


def test_only_for_managers(client, member_client):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403
