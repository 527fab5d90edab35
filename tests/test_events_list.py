from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_event, make_study

pytestmark = pytest.mark.django_db


def test_shows_what_comes_what_was_and_what_failed(client):
    soon = timezone.now() + timedelta(days=3)
    make_event(title_en="Next talk", status="published", starts_at=soon)
    make_event(title_en="Last talk", status="held")
    make_event(title_en="Failed talk", status="not_held")
    make_event(title_en="Secret draft", status="draft")
    page = client.get("/en/events/").content.decode()
    order = [page.index(title) for title in ("Next talk", "Last talk", "Failed talk")]
    assert order == sorted(order)
    assert page.index("Coming up</") < order[0]
    assert "Secret draft" not in page


def test_what_is_planned_for_no_known_day_is_not_coming_up(client):
    make_event(title_en="Someday", status="planned", starts_at=None, ends_at=None)
    assert "<h2>" in client.get("/en/events/?section=3").content.decode()
    assert "Someday" in client.get("/en/events/?section=3").content.decode()
    assert "Someday" not in client.get("/en/events/?section=1").content.decode()


def test_filters_by_study_and_kind(client, study):
    other = make_study(slug="other")
    make_event(title_en="Ours", study=study, status="held", kind="training")
    make_event(title_en="Theirs", study=other, status="held", kind="training")
    make_event(title_en="Our briefing", study=study, status="held", kind="briefing")
    page = client.get(f"/en/events/?study={study.slug}&kind=training").content.decode()
    assert "Ours" in page
    assert "Theirs" not in page
    assert "Our briefing" not in page


def test_says_when_a_filter_is_not_known(client):
    answer = client.get("/en/events/?study=nowhere&kind=party&section=9")
    assert answer.status_code == 422
    assert "There is no such study." in answer.content.decode()


def test_says_when_nothing_matches(client):
    page = client.get("/en/events/?kind=conference").content.decode()
    assert "No event matches what you chose." in page


def test_is_paged(client):
    for number in range(21):
        make_event(title_en=f"Talk {number:02}", status="held")
    assert client.get("/en/events/").content.decode().count("card") > 0
    first = client.get("/en/events/?page=1").content.decode()
    second = client.get("/en/events/?page=2").content.decode()
    assert sum(f"Talk {n:02}" in first for n in range(21)) == 20
    assert sum(f"Talk {n:02}" in second for n in range(21)) == 1


def test_costs_the_same_for_many(client, study, django_assert_max_num_queries):
    for number in range(15):
        make_event(title_en=f"Talk {number}", status="held", study=study)
    with django_assert_max_num_queries(4):
        client.get("/en/events/")


def test_speaks_welsh(client):
    make_event(title_cy="Sgwrs nesaf", status="held")
    page = client.get("/cy/events/").content.decode()
    assert "Digwyddiadau" in page
    assert "Sgwrs nesaf" in page


def test_is_for_looking_only(client):
    assert client.post("/en/events/").status_code == 405
