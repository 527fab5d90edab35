import pytest

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/dashboard/"


def test_needs_signing_in(client):
    response = client.get(URL)
    assert response.status_code == 302
    assert "/account/sign-in/?next=/en/dashboard/" in response.url


def test_the_manager_sees_work_and_where_to_start(manager_client):
    factories.make_event(published=True, title_en="Next one")
    factories.make_event(status="draft", title_en="Only thought of")
    factories.make_issue(title_en="Half written")
    page = manager_client.get(URL).content.decode()
    assert "Next one" in page
    assert "Only thought of" in page
    assert "Half written" in page
    assert 'href="/en/events/new/"' in page
    assert 'href="/en/outputs/manage/new/"' in page
    assert "Administration" not in page


def test_the_manager_starts_from_nothing(manager_client):
    page = manager_client.get(URL).content.decode()
    assert "No issue is being written." in page
    assert "No event is being planned." in page


def test_a_manager_who_sits_in_a_group_is_led_to_its_home(manager_client, manager):
    page = manager_client.get(URL).content.decode()
    assert 'href="/en/groups/home/"' not in page
    group = factories.make_group(name_en="The steering group")
    factories.make_seat(group=group, member=factories.make_person(user=manager))
    page = manager_client.get(URL).content.decode()
    assert 'href="/en/groups/home/"' in page
    assert "The steering group" in page


def test_the_administrator_comes_to_the_records(administrator_client):
    page = administrator_client.get(URL).content.decode()
    assert "Administration" in page
    assert 'href="/en/admin/accounts/user/"' in page
    assert 'href="/healthz"' in page


def test_costs_few_queries(manager_client, django_assert_max_num_queries):
    for _ in range(5):
        factories.make_event(published=True)
        factories.make_issue()
    with django_assert_max_num_queries(14):
        manager_client.get(URL)


def test_takes_no_post(manager_client):
    assert manager_client.post(URL).status_code == 405


def test_speaks_welsh(manager_client):
    page = manager_client.get("/cy/dashboard/").content.decode()
    assert "<h1>Dangosfwrdd</h1>" in page
