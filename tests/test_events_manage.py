from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import Event
from tests.factories import make_event

pytestmark = pytest.mark.django_db

PAGES = ["manage/", "new/", "{slug}/edit/", "{slug}/cancel/", "{slug}/hold/"]
PAGES += ["{slug}/not-held/", "{slug}/attendance/", "{slug}/export/"]
SCRIPT = "<script>alert(1)</script>"
WHOLE = {
    "kind": "consultation",
    "title_en": "A talk",
    "title_cy": "Sgwrs",
    "description_en": "About the *Index*",
    "description_cy": "Am y *Mynegai*",
    "starts_at": "2030-07-04T10:00",
    "ends_at": "2030-07-04T12:00",
    "venue_en": "Hall",
    "venue_cy": "Neuadd",
    "audience_en": "All",
    "audience_cy": "Pawb",
    "capacity": "40",
}


@pytest.mark.parametrize("page", PAGES)
def test_asks_to_sign_in_and_refuses_other_roles(client, member_client, page):
    event = make_event(status="published")
    url = f"/en/events/{page.format(slug=event.slug)}"
    assert client.get(url).status_code == 302
    assert client.post(url).status_code == 302
    assert member_client.get(url).status_code == 403
    assert member_client.post(url).status_code == 403


@pytest.mark.parametrize("page", [*PAGES[2:], "{slug}/publish/"])
def test_an_unknown_event_is_not_found(manager_client, page):
    url = f"/en/events/{page.format(slug='nowhere')}"
    method = manager_client.post if "publish" in page else manager_client.get
    assert method(url).status_code == 404


def test_lists_states_and_counts(manager_client, django_assert_max_num_queries):
    for number in range(5):
        make_event(title_en=f"Draft {number}", status="draft")
    make_event(title_en="Old", status="held", attended_reported=77)
    with django_assert_max_num_queries(5):
        page = manager_client.get("/en/events/manage/").content.decode()
    assert "Draft 4" in page
    assert "77" in page
    assert "Rheoli digwyddiadau" in (
        manager_client.get("/cy/events/manage/").content.decode()
    )


def test_from_nothing_to_open(client, manager_client, manager, study):
    answer = manager_client.post("/en/events/new/", WHOLE | {"study": study.pk})
    event = Event.objects.get()
    assert answer.url == f"/en/events/{event.slug}/"
    assert event.status == "draft"
    assert event.study == study
    # Ten o'clock in Wales in July.
    assert event.starts_at == datetime(2030, 7, 4, 9, tzinfo=UTC)
    assert client.get(answer.url).status_code == 404
    answer = manager_client.post(f"/en/events/{event.slug}/publish/", follow=True)
    assert "The event is published." in answer.content.decode()
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "<em>Index</em>" in page
    assert "10:00 to 12:00" in page
    done = list(Entry.objects.order_by("pk").values_list("action", "actor"))
    assert done == [("event.created", str(manager)), ("event.published", str(manager))]


def test_the_form_shows_what_is_kept(manager_client):
    manager_client.post("/en/events/new/", WHOLE)
    page = manager_client.get(f"/en/events/{Event.objects.get().slug}/edit/")
    assert 'value="2030-07-04T10:00"' in page.content.decode()


def test_two_events_of_one_title_have_two_addresses(manager_client):
    for _ in range(2):
        manager_client.post("/en/events/new/", WHOLE | {"title_en": "manage"})
    slugs = set(Event.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    assert "manage" not in slugs


@pytest.mark.parametrize(
    ("without", "label"),
    [
        ("title_cy", "Title in Welsh"),
        ("description_cy", "What it is about, in Welsh"),
        ("venue_en", "Place in English"),
        ("audience_cy", "Who it is for, in Welsh"),
        ("starts_at", "Starts"),
    ],
)
def test_what_is_missing_is_listed_and_not_published(manager_client, without, label):
    fields = WHOLE | {without: ""}
    if without == "starts_at":
        fields["ends_at"] = ""
    manager_client.post("/en/events/new/", fields)
    event = Event.objects.get()
    answer = manager_client.post(f"/en/events/{event.slug}/publish/")
    assert answer.status_code == 422
    assert f"<li>{label}</li>" in answer.content.decode()
    event.refresh_from_db()
    assert event.status == "draft"


def test_a_published_event_stays_whole(manager_client):
    manager_client.post("/en/events/new/", WHOLE)
    event = Event.objects.get()
    manager_client.post(f"/en/events/{event.slug}/publish/")
    answer = manager_client.post(
        f"/en/events/{event.slug}/edit/", WHOLE | {"title_cy": ""}
    )
    assert answer.status_code == 422
    assert "<li>Title in Welsh</li>" in answer.content.decode()
    event.refresh_from_db()
    assert event.title_cy == "Sgwrs"


def test_what_is_over_is_not_changed(manager_client):
    event = make_event(status="held", title_en="Was")
    answer = manager_client.post(f"/en/events/{event.slug}/edit/", WHOLE)
    assert answer.status_code == 422
    assert "can no longer be changed" in answer.content.decode()
    event.refresh_from_db()
    assert event.title_en == "Was"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title_en", "", "Enter a title in English."),
        ("title_en", "A\x00", "Leave out characters that cannot be shown."),
        ("description_cy", "A\x00", "Leave out characters that cannot be shown."),
        ("kind", "party", "party"),
        ("study", "999", "valid"),
        ("starts_at", "soon", "date"),
        ("ends_at", "2030-07-04T09:00", "The end must be after the start."),
        ("starts_at", "", "Enter when the event starts."),
        ("capacity", "many", "Enter a number of places, such as 40."),
        ("capacity", "-1", "Enter a number of places, such as 40."),
        ("capacity", "9" * 30, "capacity"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(manager_client, field, value, error):
    answer = manager_client.post("/en/events/new/", WHOLE | {field: value})
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Event.objects.exists()


def test_a_script_is_shown_as_text(client, manager_client):
    texts = {name: SCRIPT for name in WHOLE if name.endswith(("_en", "_cy"))}
    manager_client.post("/en/events/new/", WHOLE | texts)
    slug = Event.objects.get().slug
    manager_client.post(f"/en/events/{slug}/publish/")
    urls = (f"{slug}/", f"{slug}/register/", "", "manage/", f"{slug}/edit/")
    for url in urls:
        page = manager_client.get(f"/en/events/{url}").content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_publishing_is_a_post_and_only_once(manager_client):
    event = make_event(status="published", starts_at=timezone.now() + timedelta(days=1))
    url = f"/en/events/{event.slug}/publish/"
    assert manager_client.get(url).status_code == 405
    page = manager_client.post(url, follow=True).content.decode()
    assert "This has changed in the meantime." in page
    assert not Entry.objects.exists()


def test_publishing_is_for_staff(client, member_client):
    event = make_event(status="draft")
    url = f"/en/events/{event.slug}/publish/"
    assert client.post(url).status_code == 302
    assert member_client.post(url).status_code == 403
    event.refresh_from_db()
    assert event.status == "draft"
