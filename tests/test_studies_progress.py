"""Milestones and policy changes, written by staff."""

from datetime import date

import pytest
import time_machine

from engagement.audit.models import Entry
from engagement.studies.models import Milestone, PolicyChange

pytestmark = pytest.mark.django_db
MILESTONE = {
    "title_en": "Second survey",
    "title_cy": "Ail arolwg",
    "due_on": "2027-05-01",
    "date_note_en": "",
    "date_note_cy": "",
}
CHANGE = {"on": "2027-03-01", "text_en": "A new Bill", "text_cy": "Bil newydd"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2027-03-15 09:00", tick=False):
        yield


def test_staff_add_change_and_settle_a_milestone(manager_client, study):
    path = "/en/studies/wimd/milestones/"
    assert manager_client.post(path + "new/", MILESTONE).url == "/en/studies/wimd/"
    row = Milestone.objects.get()
    assert (row.due_on, row.status) == (date(2027, 5, 1), "due")
    text = manager_client.get("/en/studies/wimd/").content.decode()
    assert "Second survey" in text
    changed = MILESTONE | {"date_note_en": "spring", "date_note_cy": "gwanwyn"}
    manager_client.post(f"{path}{row.pk}/", changed)
    assert "gwanwyn" in manager_client.get("/cy/studies/wimd/").content.decode()
    manager_client.post(f"{path}{row.pk}/settle/", {"done": "yes"})
    manager_client.post(f"{path}{row.pk}/settle/", {"done": "yes"})
    row.refresh_from_db()
    assert (row.status, row.done_on) == ("done", date(2027, 3, 15))
    manager_client.post(f"{path}{row.pk}/settle/", {})
    row.refresh_from_db()
    assert (row.status, row.done_on) == ("due", None)
    actions = Entry.objects.order_by("pk").values_list("action", flat=True)
    words = ("added", "changed", "done", "reopened")
    assert list(actions) == [f"milestone.{word}" for word in words]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title_cy": ""}, "Write this in English and in Welsh."),
        ({"date_note_en": "x"}, "Write this in English and in Welsh, or in neither."),
        ({"due_on": "soon"}, "Enter a date like 2026-01-31."),
    ],
)
def test_a_wrong_milestone_is_refused(manager_client, study, change, message):
    answer = manager_client.post("/en/studies/wimd/milestones/new/", MILESTONE | change)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Milestone.objects.exists()


def test_staff_note_policy_changes_and_members_read_them(
    manager_client, member_client, study
):
    path = "/en/studies/wimd/policy/"
    assert "No policy change is noted yet." in member_client.get(path).content.decode()
    assert manager_client.post(path + "new/", CHANGE).url == path
    row = PolicyChange.objects.get()
    manager_client.post(f"{path}{row.pk}/", CHANGE | {"text_cy": "Mesur newydd"})
    text = member_client.get("/cy/studies/wimd/policy/").content.decode()
    assert "Mesur newydd" in text
    assert member_client.post(path + "new/", CHANGE).status_code == 403


def test_a_change_that_is_still_to_come_is_refused(manager_client, study):
    path = "/en/studies/wimd/policy/new/"
    answer = manager_client.post(path, CHANGE | {"on": "2027-03-16"})
    assert answer.status_code == 422
    assert "must not be in the future" in answer.content.decode()


def test_one_of_another_study_is_not_found(manager_client, study):
    row = study.milestones.create(title_en="A", title_cy="B", status="due")
    path = f"/en/studies/lti/milestones/{row.pk}/"
    assert manager_client.get(path).status_code == 404


def test_the_list_asks_as_much_of_many(
    manager_client, study, django_assert_max_num_queries
):
    for _ in range(10):
        study.policy_changes.create(**CHANGE)
    with django_assert_max_num_queries(6):
        manager_client.get("/en/studies/wimd/policy/")
