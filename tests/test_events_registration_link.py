from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.events.models import Attendance
from engagement.events.services import registrations
from engagement.mail.models import Message
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    event = make_event(
        status="published", starts_at=timezone.now() + timedelta(days=120), capacity=1
    )
    return registrations.register(
        by=None,
        event=event,
        language="en",
        name="Ann Example",
        email="ann@example.org",
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def link(registration):
    return (
        f"/en/events/registration/{tokens.make('registration', str(registration.pk))}/"
    )


def test_looking_changes_nothing(client, registration):
    for _ in range(3):
        page = client.get(link(registration)).content.decode()
    assert "Ann Example" in page
    assert registration.reference in page
    registration.refresh_from_db()
    assert registration.cancelled_at is None


def test_cancelling_gives_the_place_back(client, registration):
    answer = client.post(link(registration), follow=True)
    assert "You have cancelled your registration." in answer.content.decode()
    assert not registration.event.registrations.live().exists()
    assert Message.objects.last().kind == "registration_cancelled"
    assert f"/en/events/{registration.event.slug}/register/" in answer.content.decode()


def test_cancelling_twice_is_the_same(client, registration):
    url = link(registration)
    client.post(url)
    client.post(url)
    assert Message.objects.filter(kind="registration_cancelled").count() == 1
    assert Entry.objects.filter(action="registration.cancelled").count() == 1


def test_the_audit_holds_no_name(client, registration):
    client.post(link(registration))
    entries = Entry.objects.filter(action__startswith="registration.")
    assert {entry.target for entry in entries} == {registration.reference}


def test_what_has_begun_cannot_be_cancelled(client, registration):
    url = link(registration)
    with time_machine.travel(registration.event.starts_at + timedelta(hours=1)):
        page = client.post(url, follow=True).content.decode()
        assert "You can no longer cancel." in page
    registration.refresh_from_db()
    assert registration.cancelled_at is None


def test_who_came_cannot_cancel(client, registration):
    Attendance.objects.create(registration=registration)
    client.post(link(registration))
    registration.refresh_from_db()
    assert registration.cancelled_at is None


@pytest.mark.parametrize(("days", "status"), [(89, 200), (91, 404)])
def test_the_link_lasts_until_90_days_after_the_event(
    client, registration, days, status
):
    url = link(registration)
    with time_machine.travel(registration.event.starts_at + timedelta(days=days)):
        assert client.get(url).status_code == status


@pytest.mark.parametrize("token", ["x", "a:b:c", "%F0%9F%92%A9"])
def test_a_wrong_link_says_so(client, token):
    answer = client.get(f"/cy/events/registration/{token}/")
    assert answer.status_code == 404
    assert "Nid yw'r ddolen hon yn gweithio" in answer.content.decode().replace(
        "&#x27;", "'"
    )


def test_a_link_of_another_kind_is_refused(client, registration):
    token = tokens.make("subscription", str(registration.pk))
    for answer in (client.get, client.post):
        assert answer(f"/en/events/registration/{token}/").status_code == 404
    registration.refresh_from_db()
    assert registration.cancelled_at is None
