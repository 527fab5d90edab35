from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_event,
    make_material,
    make_organisation,
    make_series,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def soon():
    return timezone.now() + timedelta(days=3)


def get(client, event, lang="en"):
    return client.get(f"/{lang}/events/{event.slug}/")


def test_says_what_when_where_and_how_many_places(client):
    event = make_event(
        status="published",
        starts_at=soon(),
        venue_en="Town hall",
        venue_cy="Neuadd y dref",
        capacity=7,
    )
    page = get(client, event).content.decode()
    assert "Town hall" in page
    assert "7 of 7" in page
    assert f"/en/events/{event.slug}/register/" in page
    assert "Neuadd y dref" in get(client, event, "cy").content.decode()


def test_takes_no_registration_once_begun(client):
    event = make_event(
        status="published", starts_at=timezone.now() - timedelta(minutes=1)
    )
    page = get(client, event).content.decode()
    assert "/register/" not in page
    assert "Registration closed" in page


def test_a_held_event_shows_outcome_and_head_count(client):
    event = make_event(
        status="held",
        outcome_en="They asked for more.",
        outcome_cy="Gofynnwyd am fwy.",
        attended_reported=31,
        source="Annex 2, 2.17",
    )
    page = get(client, event).content.decode()
    assert "They asked for more." in page
    assert "31" in page
    assert "Annex 2, 2.17" in page


def test_what_was_not_held_says_why(client):
    event = make_event(
        status="not_held", status_note_en="Agendas full", status_note_cy="Agendâu llawn"
    )
    assert "Agendas full" in get(client, event).content.decode()
    assert "Agendâu llawn" in get(client, event, "cy").content.decode()


def test_a_draft_is_for_staff_alone(client, manager_client, member_client):
    event = make_event(status="draft")
    assert get(client, event).status_code == 404
    assert get(member_client, event).status_code == 404
    assert get(manager_client, event).status_code == 200


def test_staff_tools_are_for_staff(client, manager_client):
    event = make_event(status="published", starts_at=soon())
    edit = f"/en/events/{event.slug}/edit/"
    assert edit not in get(client, event).content.decode()
    assert edit in get(manager_client, event).content.decode()


def test_a_script_is_shown_as_text(client):
    event = make_event(
        status="held",
        **{
            f"{field}_{lang}": SCRIPT
            for field in ("title", "venue", "description", "outcome", "audience")
            for lang in ("en", "cy")
        },
    )
    page = get(client, event).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_title_in_the_other_language_is_marked(client):
    event = make_event(status="held", title_en="Only English", title_cy="")
    page = get(client, event, "cy").content.decode()
    assert '<span lang="en">Only English</span>' in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Only English" in title
    assert "span" not in title


def test_an_unknown_address_is_not_found(client):
    assert client.get("/en/events/nowhere/").status_code == 404


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    series = make_series()
    fields = {"status": "published", "study": study, "series": series}
    event = make_event(**fields, starts_at=soon())
    for hour in range(3):
        make_event(**fields, starts_at=soon())
        session = make_session(event=event, hours=hour + 1)
        make_speaker(event=event, session=session, organisation=make_organisation())
        make_speaker(event=event)
        make_material(event=event)
    # The event, its sessions and their speakers, others, materials, others of the series.
    with django_assert_max_num_queries(7):
        get(client, event)


def test_is_for_looking_only(client):
    event = make_event(status="held")
    assert client.post(f"/en/events/{event.slug}/").status_code == 405
