from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.groups.models import Meeting
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


def test_the_member_sees_groups_and_papers(member_client, steering_member):
    person = factories.make_person(user=steering_member)
    group = factories.make_group(name_en="The steering group")
    factories.make_seat(group=group, member=person)
    other = factories.make_group(name_en="Another group")
    meeting_of(group, "Spring meeting")
    meeting_of(other, "Not mine")
    page = member_client.get(URL).content.decode()
    assert "The steering group" in page
    assert "Spring meeting" in page
    assert "No papers yet" in page
    assert "Another group" not in page
    assert "Not mine" not in page
    assert "Write an issue" not in page


def meeting_of(group, title):
    event = factories.make_event(
        kind="meeting",
        status="planned",
        title_en=title,
        starts_at=timezone.now() + timedelta(days=5),
    )
    return Meeting.objects.create(group=group, event=event)


def test_a_member_of_nothing_is_told_who_can_help(member_client):
    page = member_client.get(URL).content.decode()
    assert "You do not sit in a group yet." in page


def test_who_left_a_seat_no_longer_sits(member_client, steering_member):
    person = factories.make_person(user=steering_member)
    group = factories.make_group(name_en="The steering group")
    seat = factories.make_seat(group=group, member=person)
    seat.memberships.update(ended_on=timezone.localdate())
    assert "The steering group" not in member_client.get(URL).content.decode()


def test_the_administrator_comes_to_the_records(administrator_client):
    page = administrator_client.get(URL).content.decode()
    assert "Administration" in page
    assert 'href="/en/admin/accounts/user/"' in page
    assert 'href="/healthz"' in page


def test_costs_few_queries(manager_client, django_assert_max_num_queries):
    for _ in range(5):
        factories.make_event(published=True)
        factories.make_issue()
    with django_assert_max_num_queries(10):
        manager_client.get(URL)


def test_takes_no_post(manager_client):
    assert manager_client.post(URL).status_code == 405


def test_speaks_welsh(manager_client):
    page = manager_client.get("/cy/dashboard/").content.decode()
    assert "<h1>Dangosfwrdd</h1>" in page
