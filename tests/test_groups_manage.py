from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from engagement.events.models import Event
from engagement.groups.models import Decision, Group, Meeting
from engagement.groups.services import meetings
from tests.factories import make_group, make_meeting

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
NUL = "Leave out characters that cannot be shown."
BOTH = "Write this in English and in Welsh."
NEITHER = "Write this in English and in Welsh, or in neither."
TEXTS = {"name_en": "Board", "name_cy": "Bwrdd", "remit_en": "", "remit_cy": ""}
NAMES = TEXTS | {"kind": "steering", "papers_days": "7"}
MEETING = {
    "title_en": "Meeting",
    "title_cy": "Cyfarfod",
    "starts_at": "2030-07-04T10:00",
    "venue_en": "Hall",
    "venue_cy": "Neuadd",
}
DECISION = {"text_en": "We go on.", "text_cy": "Ymlaen."}


@pytest.fixture
def group(study):
    return make_group(study=study)


def urls(group):
    meeting = make_meeting(group=group)
    return [
        "/en/groups/manage/",
        f"/en/groups/manage/{group.slug}/",
        f"/en/groups/manage/{group.slug}/meeting/",
        f"/en/groups/meetings/{meeting.pk}/decision/",
    ]


def test_is_for_staff(client, member_client, manager_client, group):
    for url in urls(group):
        for method in ("get", "post"):
            assert getattr(client, method)(url).status_code == 302
            assert getattr(member_client, method)(url).status_code == 403
        assert manager_client.get(url).status_code == 200
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "url", ["manage/nowhere/", "manage/nowhere/meeting/", "meetings/999/decision/"]
)
def test_what_does_not_exist_is_not_found(manager_client, url):
    assert manager_client.get(f"/en/groups/{url}").status_code == 404
    assert manager_client.post(f"/en/groups/{url}").status_code == 404


def test_the_list_counts_seats(manager_client, django_assert_max_num_queries):
    for number in range(4):
        make_group(name_en=f"Group no {number}", seats=3)
    with django_assert_max_num_queries(4):
        page = manager_client.get("/en/groups/manage/").content.decode()
    assert "Group no 3" in page
    assert page.count('<td class="number">3</td>') == 8
    assert manager_client.post("/en/groups/manage/").status_code == 405


def test_changes_names_and_remit(manager_client, manager, group):
    fields = NAMES | {"remit_en": "To *see*.", "remit_cy": "I *weld*."}
    url = f"/en/groups/manage/{group.slug}/"
    page = manager_client.post(url, fields, follow=True).content.decode()
    assert "Saved." in page
    assert "<em>see</em>" in page
    group.refresh_from_db()
    assert group.name_cy == "Bwrdd"
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("group.updated", str(manager))


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name_en": ""}, BOTH),
        ({"name_cy": " "}, BOTH),
        ({"remit_en": "Only English"}, NEITHER),
        ({"remit_cy": "Dim ond Cymraeg"}, NEITHER),
        ({"remit_cy": "A\x00"}, NUL),
        ({"name_en": "A\x00"}, NUL),
        ({"name_en": "A" * 201}, "200"),
    ],
)
def test_a_bad_group_is_refused(manager_client, group, fields, error):
    answer = manager_client.post(f"/en/groups/manage/{group.slug}/", NAMES | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert Group.objects.get().name_en == group.name_en


def test_plans_a_meeting_of_the_groups_study(client, manager_client, group, study):
    url = f"/en/groups/manage/{group.slug}/meeting/"
    answer = manager_client.post(url, MEETING)
    meeting = Meeting.objects.get(group=group)
    assert answer.url == f"/en/groups/meetings/{meeting.pk}/"
    event = meeting.event
    assert (event.kind, event.status, event.study) == ("meeting", "planned", study)
    # Ten o'clock in Wales in July.
    assert event.starts_at == datetime(2030, 7, 4, 9, tzinfo=UTC)
    assert Entry.objects.get().action == "meeting.planned"
    assert "Cyfarfod" in client.get(f"/cy/groups/{group.slug}/").content.decode()
    assert client.get(event.get_absolute_url()).status_code == 200


def test_two_meetings_on_one_day_and_a_long_address(manager_client):
    group = make_group(slug="g" * 80)
    for _ in range(2):
        manager_client.post(f"/en/groups/manage/{group.slug}/meeting/", MEETING)
    slugs = set(Event.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    assert max(map(len, slugs)) <= 80


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title_en": ""}, BOTH),
        ({"title_cy": ""}, BOTH),
        ({"venue_cy": ""}, NEITHER),
        ({"venue_en": "A\x00"}, NUL),
        ({"title_cy": "A\x00"}, NUL),
        ({"starts_at": ""}, "Enter the day and the time."),
        ({"starts_at": "soon"}, "Enter the day and the time, such as"),
        ({"starts_at": "2030-02-31T10:00"}, "Enter the day and the time, such as"),
    ],
)
def test_a_bad_meeting_is_refused(manager_client, group, fields, error):
    url = f"/en/groups/manage/{group.slug}/meeting/"
    answer = manager_client.post(url, MEETING | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Event.objects.exists()


def test_no_event_without_its_meeting(db):
    fields = {"title_en": "A", "title_cy": "B", "starts_at": datetime.now(UTC)}
    with pytest.raises(ValueError, match="unsaved"):
        meetings.plan(by=None, group=Group(slug="none"), fields=fields)
    assert not Event.objects.exists()


def test_records_a_decision_in_both_languages(client, manager_client, group):
    meeting = make_meeting(group=group, days_ahead=-1)
    url = f"/en/groups/meetings/{meeting.pk}/decision/"
    answer = manager_client.post(url, DECISION)
    assert answer.url == f"/en/groups/meetings/{meeting.pk}/"
    assert "We go on." in client.get(f"/en/groups/{group.slug}/").content.decode()
    assert "Ymlaen." in client.get(f"/cy/groups/{group.slug}/").content.decode()
    assert Entry.objects.get().action == "decision.recorded"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text_en": ""}, BOTH),
        ({"text_cy": "  "}, BOTH),
        ({"text_cy": "A\x00"}, NUL),
    ],
)
def test_a_bad_decision_is_refused(manager_client, group, fields, error):
    meeting = make_meeting(group=group)
    url = f"/en/groups/meetings/{meeting.pk}/decision/"
    answer = manager_client.post(url, DECISION | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_database_keeps_no_decision_in_one_language(group):
    meeting = make_meeting(group=group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(meeting=meeting, text_en="Yes", text_cy="")


def test_a_script_is_shown_as_text_again(manager_client, group):
    url = f"/en/groups/manage/{group.slug}/"
    fields = NAMES | dict.fromkeys(TEXTS, SCRIPT) | {"name_cy": ""}
    page = manager_client.post(url, fields).content.decode()
    assert SCRIPT not in page
    manager_client.post(url, NAMES | dict.fromkeys(TEXTS, SCRIPT))
    for page_url in ("/en/groups/manage/", url, f"{url}meeting/"):
        page = manager_client.get(page_url).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
