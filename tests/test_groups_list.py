import pytest

from tests.factories import make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def test_lists_groups_under_their_study(client, study):
    make_group(study=study, name_en="Weighing Board", name_cy="Bwrdd Pwyso")
    make_group(name_en="Group of nobody's study")
    page = client.get("/en/groups/").content.decode()
    assert page.index(study.title_en) < page.index("Weighing Board")
    assert page.index("Weighing Board") < page.index("Other groups")
    page = client.get("/cy/groups/").content.decode()
    assert '<html lang="cy">' in page
    assert "Bwrdd Pwyso" in page
    assert "Weighing Board" not in page


def test_says_how_many_seats_sit_empty(client):
    group = make_group()
    make_seat(group=group, filled_unnamed=True)
    make_seat(group=group, member=make_person())
    make_seat(group=group)
    make_seat(group=group)
    assert "Empty seats: 2" in client.get("/en/groups/").content.decode()


def test_a_seat_that_somebody_left_is_empty(client):
    group = make_group()
    left = make_seat(group=group, member=make_person())
    left.memberships.update(started_on="2025-01-31", ended_on="2026-01-31")
    assert "Empty seats: 1" in client.get("/en/groups/").content.decode()


def test_says_when_there_are_none(client):
    assert "There are no groups yet." in client.get("/en/groups/").content.decode()


def test_is_for_looking_only(client):
    assert client.post("/en/groups/").status_code == 405


def test_a_script_is_shown_as_text(client):
    make_group(name_en=SCRIPT, name_cy=SCRIPT)
    page = client.get("/en/groups/").content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_the_link_to_manage_is_for_staff(client, member_client, manager_client):
    link = "/en/groups/manage/"
    assert link not in client.get("/en/groups/").content.decode()
    assert link not in member_client.get("/en/groups/").content.decode()
    assert link in manager_client.get("/en/groups/").content.decode()


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    for _ in range(5):
        make_group(study=study, seats=3)
    with django_assert_max_num_queries(2):
        client.get("/en/groups/")
