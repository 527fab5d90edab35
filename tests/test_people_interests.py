"""Subjects that people may follow."""

import pytest

from engagement.audit.models import Entry
from engagement.people.models import Interest
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/interests/"
SENT = {"name_en": "Housing", "name_cy": "Tai"}


def test_added_changed_and_removed(manager_client):
    assert "There are no subjects yet." in manager_client.get(URL).content.decode()
    manager_client.post(URL, SENT)
    row = Interest.objects.get()
    assert "Tai" in manager_client.get("/cy/people/interests/").content.decode()
    manager_client.post(f"{URL}{row.pk}/", SENT | {"name_en": "Homes"})
    row.refresh_from_db()
    assert row.name_en == "Homes"
    manager_client.post(f"{URL}{row.pk}/remove/")
    assert not Interest.objects.exists()
    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["interest.created", "interest.changed", "interest.removed"]


def test_one_that_is_followed_stays(manager_client):
    row = Interest.objects.create(slug="x", **SENT)
    factories.make_person().interests.add(row)
    assert "People: 1" in manager_client.get(URL).content.decode()
    answer = manager_client.post(f"{URL}{row.pk}/remove/", follow=True)
    assert "People follow this subject" in answer.content.decode()
    assert Interest.objects.exists()


@pytest.mark.parametrize("url", [URL, f"{URL}1/"])
def test_both_languages_are_asked_for(manager_client, url):
    Interest.objects.create(pk=1, slug="x", name_en="A", name_cy="B")
    answer = manager_client.post(url, {"name_en": "Only"})
    assert answer.status_code == 422
    assert "Enter a name." in answer.content.decode()
    assert Interest.objects.get().name_en == "A"


def test_only_for_managers(client, member_client):
    assert client.get(URL).status_code == 302
    assert member_client.post(URL, SENT).status_code == 403


def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    for number in range(9):
        Interest.objects.create(slug=str(number), **SENT)
    with django_assert_max_num_queries(5):
        manager_client.get(URL)
