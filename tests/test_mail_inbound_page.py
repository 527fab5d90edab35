"""The pages of what came back."""

import pytest
from django.urls import reverse
from django.utils import translation

from engagement.audit.models import Entry
from engagement.mail.models import Alarm, Inbound
from engagement.mail.services import alarms, bounces
from tests import factories
from tests.support.came_back import CORPUS

pytestmark = pytest.mark.django_db
URL = "/en/mail/back/"


def take(name):
    return bounces.take((CORPUS / f"{name}.eml").read_bytes(), source="pipe")


def body(client, url=URL):
    return client.get(url).content.decode()


def test_nothing_yet(manager_client):
    assert "Nothing has come back." in body(manager_client)


def test_the_list_and_its_filter(manager_client):
    take("qmail")
    take("arf-abuse")
    page = body(manager_client)
    assert "no mailbox here by that name" in page
    assert "Complaint" in page
    page = body(manager_client, f"{URL}?kind=complaint")
    assert "no mailbox here" not in page
    assert "Nothing was found." in body(manager_client, f"{URL}?kind=opened")
    assert manager_client.get(f"{URL}?kind=none").status_code == 422


def test_by_its_mail(manager_client):
    Inbound.objects.filter(pk=take("qmail").pk).update(key="delivery-5")
    assert "no mailbox here" in body(manager_client, f"{URL}?key=delivery-5")
    assert "no mailbox here" not in body(manager_client, f"{URL}?key=delivery-6")


def test_a_message_is_text_and_never_a_page(manager_client):
    row = bounces.take(
        b"Subject: <script>alert(1)</script>\nContent-Type: text/html\n\n"
        b"<img src=x onerror=alert(1)>\xff\0",
        source="pipe",
    )
    page = body(manager_client, reverse("mail:inbound_message", args=[row.pk]))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "it is not proven" in page


def test_what_was_done_is_said_in_both_languages(manager_client):
    row = take("qmail")
    Inbound.objects.filter(pk=row.pk).update(outcomes=["suppressed"], machine=True)
    with translation.override("cy"):
        welsh = reverse("mail:inbound_message", args=[row.pk])
    assert "never written to" in body(manager_client, f"{URL}{row.pk}/")
    assert "Ni anfonir dim byth" in body(manager_client, welsh)


def test_alarms_stand_on_top(manager_client):
    alarms.raise_alarm(kind=Alarm.Kind.BLOCK, text="blocked using x", account="relay")
    page = body(manager_client)
    assert "Our mail is refused" in page
    assert "(relay)" in page


def test_an_alarm_is_settled_once(manager_client):
    alarms.raise_alarm(kind=Alarm.Kind.BLOCK, text="blocked using x", account="relay")
    url = reverse("website:close_alarm", args=[Alarm.objects.get().pk])
    for _time in range(2):
        assert manager_client.post(url).url == URL
    assert "(relay)" not in body(manager_client)
    assert Entry.objects.filter(action="alarm.closed").count() == 1


def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    for name in ("qmail", "arf-abuse", "yahoo", "auto-rfc3834"):
        take(name)
    with django_assert_max_num_queries(6):
        manager_client.get(URL)


def test_the_person_s_history_leads_there(manager_client):
    person = factories.make_person()
    delivery = make(person)
    page = body(manager_client, f"/en/people/{person.pk}/")
    assert f"{URL}?key=delivery-{delivery.pk}" in page
    assert "No such address" in page
    issue = body(
        manager_client, f"/en/newsletters/issues/{delivery.issue_id}/progress/"
    )
    assert f"{URL}?key=delivery-{delivery.pk}" in issue


def make(person):
    from django.utils import timezone

    from newsletters.models import Delivery

    now = timezone.now()
    return Delivery.objects.create(
        issue=factories.make_issue(state="finished"),
        person=person,
        address=person.email,
        language="en",
        token="t",
        due_at=now,
        state="accepted",
        bounce="hard",
        bounced_at=now,
    )
