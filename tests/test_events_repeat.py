"""An event once more: a copy, and repeats as the calendar has them."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.audit.models import Entry
from engagement.core import clocks
from engagement.events import repeating
from engagement.events.models import Event, Series
from tests.factories import make_event, make_series, make_session, make_speaker

pytestmark = pytest.mark.django_db
clock = datetime.fromisoformat
# Ten o'clock in Wales on the last Tuesday before the clocks go forward in 2030.
TUESDAY = datetime(2030, 3, 26, 10, tzinfo=UTC)
WEEKLY = {"every": "1", "unit": "weeks", "number": "2"}


def faces(events):
    return [f"{clocks.face(one.starts_at, one.zone):%Y-%m-%d %H:%M}" for one in events]


@pytest.fixture
def event():
    return make_event(
        status="published",
        starts_at=TUESDAY,
        ends_at=TUESDAY.replace(hour=12),
        registration_closes_at=TUESDAY.replace(day=25),
        published_at=TUESDAY,
        capacity=20,
    )


def url(event, page="repeat", lang="en"):
    return f"/{lang}/events/{event.slug}/{page}/"


def test_dates_are_shown_first_and_nothing_is_made(manager_client, event):
    page = manager_client.get(url(event), WEEKLY).content.decode()
    assert "Tuesday 2 April 2030, 10:00" in page
    assert "Tuesday 9 April 2030, 10:00" in page
    assert Event.objects.count() == 1
    welsh = manager_client.get(url(event, lang="cy"), WEEKLY).content.decode()
    assert "Creu&#x27;r drafftiau hyn" in welsh or "Creu'r drafftiau hyn" in welsh


def test_makes_drafts_that_keep_the_hour_over_the_change(manager_client, event):
    answer = manager_client.post(url(event), WEEKLY)
    assert answer.status_code == 302
    made = Event.objects.exclude(pk=event.pk).order_by("starts_at")
    assert faces(made) == ["2030-04-02 10:00", "2030-04-09 10:00"]
    first = made[0]
    assert first.starts_at == datetime(2030, 4, 2, 9, tzinfo=UTC)
    assert first.ends_at == datetime(2030, 4, 2, 11, tzinfo=UTC)
    assert first.registration_closes_at == datetime(2030, 4, 1, 9, tzinfo=UTC)
    assert (first.status, first.published_at, first.capacity) == ("draft", None, 20)
    assert first.uid != event.uid
    event.refresh_from_db()
    assert {one.series_id for one in made} == {event.series_id}
    assert event.series.title_cy == event.title_cy
    done = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert done == ["event.created", "event.created", "event.repeated"]


def test_a_second_submit_makes_nothing_twice(manager_client, event):
    manager_client.post(url(event), WEEKLY)
    again = manager_client.post(url(event), WEEKLY)
    assert again.status_code == 422
    assert "an event on each of these dates already" in again.content.decode()
    manager_client.post(url(event), WEEKLY | {"number": "3"})
    assert Event.objects.count() == 4
    assert Series.objects.count() == 1


def test_a_date_that_the_clock_leaves_out_stops_all_of_them(manager_client, event):
    event.starts_at = datetime(2030, 3, 24, 1, 30, tzinfo=UTC)
    event.ends_at = event.registration_closes_at = None
    event.save()
    page = manager_client.get(url(event), WEEKLY).content.decode()
    assert "There is no 31/03/2030 01:30" in page
    assert manager_client.post(url(event), WEEKLY).status_code == 422
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"every": "0"}, "Enter a whole number from 1 to 12."),
        ({"number": "53"}, "Enter a whole number from 1 to 52."),
        ({"number": ""}, "one of the two"),
        ({"until": "2030-05-01"}, "one of the two"),
        ({"number": "", "until": "soon"}, "Enter a date, such as 31/12/2026."),
        ({"unit": "years"}, "years"),
    ],
)
def test_refuses_what_it_cannot_read(manager_client, event, fields, error):
    answer = manager_client.post(url(event), WEEKLY | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert Event.objects.count() == 1


def test_an_event_without_a_time_says_what_to_do(manager_client):
    event = make_event(status="draft", starts_at=None)
    assert "Say first when this event starts." in (
        manager_client.get(url(event)).content.decode()
    )
    assert manager_client.post(url(event), WEEKLY).status_code == 200
    assert Event.objects.count() == 1


@given(
    st.datetimes(clock("2024-01-01"), clock("2035-12-31")),
    st.integers(1, 12),
    st.integers(1, 52),
)
@settings(max_examples=40)
def test_months_keep_to_the_weekday_and_its_number(first, every, number):
    first = first.replace(second=0, microsecond=0)
    nth = (first.day - 1) // 7
    found = repeating.starts(first, unit=repeating.MONTHS, every=every, number=number)
    assert len(found) == number
    months = [face.year * 12 + face.month for face in (first, *found)]
    assert {b - a for a, b in pairwise(months)} == {every}
    for face in found:
        assert (face.weekday(), face.time()) == (first.weekday(), first.time())
        if nth < 4:
            assert (face.day - 1) // 7 == nth
        else:
            # The last of the month: a week on is another month.
            assert (
                face + (first - first.replace(day=first.day - 7))
            ).month != face.month


def test_until_takes_the_day_itself():
    found = repeating.starts(
        clock("2030-03-26 10:00"),
        unit=repeating.WEEKS,
        every=2,
        until=date(2030, 4, 23),
    )
    assert found == [clock("2030-04-09 10:00"), clock("2030-04-23 10:00")]


def test_a_copy_takes_the_plan_along(
    manager_client, event, django_assert_max_num_queries
):
    session = make_session(event=event, room_en="Blue", room_cy="Glas")
    make_speaker(event=event, session=session, name="Eleri")
    event.quotas.create(sector="academic", places=3)
    question = event.questions.create(kind="choice", label_en="Bus?", label_cy="Bws?")
    question.options.create(label_en="Yes", label_cy="Ie")
    answer = manager_client.post(
        url(event, "duplicate"), {"starts_at": "2030-07-01T09:30"}
    )
    copy = Event.objects.exclude(pk=event.pk).get()
    assert answer.url == f"/en/events/{copy.slug}/edit/"
    assert faces([copy]) == ["2030-07-01 09:30"]
    assert (copy.status, copy.series) == ("draft", None)
    assert clocks.face(copy.sessions.get().starts_at, copy.zone).hour == 9
    assert copy.speakers.get().session == copy.sessions.get()
    assert copy.quotas.get().places == 3
    assert copy.questions.get().options.get().label_cy == "Ie"
    assert event.sessions.count() == event.questions.count() == 1


@pytest.mark.parametrize("when", ["", "soon", "2030-03-31T01:30", "2030-10-27T01:30"])
def test_a_copy_needs_a_time_that_there_is(manager_client, event, when):
    answer = manager_client.post(url(event, "duplicate"), {"starts_at": when})
    assert answer.status_code == 422
    assert Event.objects.count() == 1


def test_each_of_a_series_lists_the_others(client):
    series = make_series(title_en="Course", title_cy="Cwrs")
    one, other = (make_event(published=True, series=series) for _ in range(2))
    draft = make_event(status="draft", series=series)
    page = client.get(f"/cy/events/{one.slug}/").content.decode()
    assert "Cwrs" in page
    assert f"/cy/events/{other.slug}/" in page
    assert draft.title_cy not in page


def test_a_series_is_made_and_named_in_both_languages(manager_client):
    page = manager_client.get("/en/events/manage/series/").content.decode()
    assert "There are no series yet." in page
    answer = manager_client.post("/en/events/manage/series/", {"title_en": "Course"})
    assert answer.status_code == 422
    assert "Enter a title in Welsh." in answer.content.decode()
    both = {"title_en": "Course", "title_cy": "Cwrs"}
    manager_client.post("/en/events/manage/series/", both)
    series = Series.objects.get()
    make_event(series=series)
    edit = f"/en/events/manage/series/{series.pk}/"
    manager_client.post(edit, both | {"title_cy": "Y cwrs"})
    page = manager_client.get("/cy/events/manage/series/").content.decode()
    assert "Y cwrs" in page
    assert "Digwyddiadau: 1" in page
    assert manager_client.get(edit).status_code == 200


def test_the_gate_asks_for_the_series_too(manager_client, event):
    event.series = make_series(title_cy="")
    event.status = "draft"
    event.save()
    answer = manager_client.post(f"/en/events/{event.slug}/publish/")
    assert answer.status_code == 422
    assert "title in Welsh" in answer.content.decode()


@pytest.mark.parametrize("page", ["repeat", "duplicate"])
def test_is_for_staff(client, member_client, event, page):
    assert client.post(url(event, page), WEEKLY).status_code == 302
    assert member_client.post(url(event, page), WEEKLY).status_code == 403
    assert Event.objects.count() == 1


def test_costs_few_queries(manager_client, event, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        manager_client.get(url(event), WEEKLY | {"number": "52"})
    for _ in range(3):
        make_series()
    with django_assert_max_num_queries(3):
        manager_client.get("/en/events/manage/series/")
