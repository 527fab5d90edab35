import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.events.models import Attendance, Registration
from engagement.events.services import attendances, doors
from engagement.events.services.doors import Word
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(status="published", starts_at=timezone.now(), ends_at=None)


@pytest.fixture
def people(event):
    return [
        Registration.objects.create(
            event=event,
            reference=f"REF{number}",
            name=f"Person {number}",
            email=f"person{number}@example.org",
            sector="public",
            language="en",
        )
        for number in range(4)
    ]


def url(event, lang="en"):
    return f"/{lang}/events/{event.slug}/attendance/"


def came():
    marked = Attendance.objects.order_by("registration_id")
    return list(marked.values_list("registration_id", flat=True))


def test_saves_exactly_who_is_ticked(manager_client, event, people):
    a, b, c, _ = (person.pk for person in people)
    answer = manager_client.post(url(event), {"came": [a, b]}, follow=True)
    assert "People who came: 2" in answer.content.decode()
    assert answer.content.decode().count(" checked") == 2
    manager_client.post(url(event), {"came": [b, c]})
    assert came() == [b, c]
    manager_client.post(url(event), {"nobody": "1"})
    assert came() == []


def test_everybody_with_one_button(manager_client, event, people):
    manager_client.post(url(event), {"everybody": "1"})
    assert came() == [person.pk for person in people]


def test_marking_again_changes_nothing(manager, event, people):
    ids = {people[0].pk}
    attendances.mark(by=manager, event=event, came=ids)
    before = Attendance.objects.get()
    attendances.mark(by=manager, event=event, came=ids)
    assert Attendance.objects.get().marked_at == before.marked_at


def test_who_cancelled_is_not_on_the_list(manager_client, event, people):
    people[0].state = "cancelled"
    people[0].cancelled_at = timezone.now()
    people[0].save()
    assert "Person 0" not in manager_client.get(url(event)).content.decode()
    ticks = {"came": [people[0].pk, people[1].pk]}
    answer = manager_client.post(url(event), ticks)
    assert answer.status_code == 422
    assert "Somebody has cancelled in the meantime." in answer.content.decode()
    assert f'id="came-{people[1].pk}" checked' in answer.content.decode()
    assert came() == []


def test_nobody_of_another_event(manager, event, people):
    other = make_event(status="published", starts_at=timezone.now(), ends_at=None)
    with pytest.raises(attendances.NotRegistered):
        attendances.mark(by=manager, event=other, came={people[0].pk})


@pytest.mark.parametrize("value", ["x", "9" * 30, "²", "1\x00"])
def test_bad_ids_are_refused(manager_client, event, people, value):
    assert manager_client.post(url(event), {"came": value}).status_code == 422
    assert came() == []


def test_from_the_day_of_the_event_on(manager_client, event, people):
    ticks = {"came": [people[0].pk]}
    noon = timezone.localtime(event.starts_at).replace(hour=12)
    with time_machine.travel(noon - timedelta(days=1)):
        assert manager_client.post(url(event), ticks).status_code == 422
        page = manager_client.get(url(event)).content.decode()
        assert "from the day of the event on" in page
        assert 'name="came"' not in page
    with time_machine.travel(noon.replace(hour=0, minute=5)):
        assert manager_client.post(url(event), ticks).status_code == 302


def test_says_when_nobody_has_registered(manager_client, event):
    page = manager_client.get(url(event)).content.decode()
    assert "Nobody has registered for this event." in page


def test_speaks_welsh(manager_client, event, people):
    page = manager_client.get(url(event, "cy")).content.decode()
    assert "Presenoldeb" in page


def test_costs_the_same_for_many(
    manager_client, event, people, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        manager_client.get(url(event))


def test_only_looks_and_saves(manager_client, event):
    assert manager_client.delete(url(event)).status_code == 405


def check_in(event, person, action="in"):
    word = Word(
        key=uuid.uuid4(), action=action, at=timezone.now(), registration=person.pk
    )
    doors.apply(by=None, event=event, words=[word], language="en")


def shown(page):
    return re.search(r'name="shown" value="([^"]*)"', page.content.decode())[1]


def test_a_stale_list_leaves_alone_what_the_door_did_meanwhile(
    manager_client, event, people
):
    a, b, c, d = people
    attendances.mark(by=None, event=event, came=[a.pk, b.pk])
    seen = shown(manager_client.get(url(event)))
    assert seen == f"{a.pk},{b.pk}"
    check_in(event, c)
    check_in(event, b, "undo")
    ticks = {"came": [a.pk, b.pk, d.pk], "shown": seen}
    answer = manager_client.post(url(event), ticks, follow=True)
    assert came() == [a.pk, c.pk, d.pk]
    assert "People who came: 3" in answer.content.decode()
    methods = Attendance.objects.order_by("registration_id").values_list("method")
    assert [m for (m,) in methods] == ["list", "door", "list"]


def test_the_list_undoes_a_check_in_that_it_showed(manager_client, event, people):
    check_in(event, people[0])
    seen = shown(manager_client.get(url(event)))
    manager_client.post(url(event), {"shown": seen})
    assert came() == []


def test_what_was_shown_is_kept_through_an_error(manager_client, event, people):
    check_in(event, people[0])
    ticks = {"came": ["x"], "shown": f"{people[1].pk}"}
    answer = manager_client.post(url(event), ticks)
    assert answer.status_code == 422
    assert shown(answer) == str(people[1].pk)
    assert manager_client.post(url(event), {"shown": "1;2"}).status_code == 422
