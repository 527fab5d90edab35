from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.events.models import Registration
from engagement.mail.models import Message
from tests.factories import make_event

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def event():
    return make_event(
        status="published",
        title_en="Talk",
        title_cy="Sgwrs",
        starts_at=timezone.now() + timedelta(days=3),
        capacity=2,
    )


def send(client, event, lang="en", **changes):
    answers = {
        "name": "Ann Example",
        "email": "Ann@Example.org",
        "organisation": "Demo Council",
        "sector": "local_authority",
    }
    url = f"/{lang}/events/{event.slug}/register/"
    return client.post(url, answers | changes)


def test_a_stranger_gets_a_place(client, event):
    answer = send(client, event, wants_welsh="on")
    assert answer.status_code == 302
    kept = Registration.objects.get()
    assert (kept.email, kept.sector) == ("ann@example.org", "local_authority")
    assert kept.organisation == "Demo Council"
    assert kept.wants_welsh
    assert kept.person.name == "Ann Example"
    page = client.get(answer.url).content.decode()
    assert "You have a place" in page
    assert "ann@example.org" in page


def test_the_mail_has_both_languages_and_a_link(client, event):
    send(client, event, lang="cy")
    mail = Message.objects.get()
    assert mail.language == "cy"
    assert mail.to == "ann@example.org"
    assert "Sgwrs" in mail.subject
    assert "Talk" in mail.subject
    assert "/cy/events/registration/" in mail.text
    assert "/en/events/registration/" in mail.html
    assert mail.text.index("Sgwrs") < mail.text.index("Talk")
    assert Registration.objects.get().reference in mail.text


def test_what_a_stranger_typed_is_not_mailed_to_anybody(client, event):
    send(client, event, name="Buy at http://spam.example", organisation="spam2")
    assert "spam" not in Message.objects.get().text
    assert "spam" not in Message.objects.get().html


@pytest.mark.slow
def test_the_mail_arrives(client, event, smtp, deliver_mail):
    send(client, event)
    deliver_mail()
    (mail,) = smtp.messages
    assert mail["To"] == "ann@example.org"
    assert "Talk" in mail["Subject"]


def test_a_second_time_looks_the_same_and_keeps_the_first(client, event):
    first = send(client, event)
    again = send(client, event, email="ann@example.ORG", name="Somebody Else")
    assert (again.status_code, again.url) == (first.status_code, first.url)
    assert Registration.objects.get().name == "Ann Example"
    assert "already registered" in Message.objects.last().text


def test_nobody_can_have_a_stranger_flooded_with_mail(client, event):
    statuses = [send(client, event).status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert Message.objects.count() == 5


def test_a_full_event_refuses_strangers_and_the_registered_alike(client, event):
    send(client, event, email="a@example.org")
    send(client, event, email="b@example.org")
    pages = [
        send(client, event, email=email)
        for email in ("a@example.org", "new@example.org")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    assert all("This event is full" in page.content.decode() for page in pages)
    assert Registration.objects.count() == 2
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert "this event is full" in page
    assert "/register/" not in page


def test_a_cancelled_place_is_free_again(client, event):
    send(client, event, email="a@example.org")
    send(client, event, email="b@example.org")
    Registration.objects.filter(email="a@example.org").update(
        cancelled_at=timezone.now()
    )
    assert send(client, event, email="a@example.org").status_code == 302
    assert Registration.objects.live().count() == 2


@pytest.mark.parametrize("status", ["planned", "held", "cancelled", "not_held"])
def test_only_a_published_event_takes_registrations(client, event, status):
    type(event).objects.filter(pk=event.pk).update(status=status)
    answer = send(client, event)
    assert answer.status_code == 422
    assert "does not take registrations" in answer.content.decode()
    assert not Registration.objects.exists()


def test_an_event_that_has_begun_takes_none(client, event):
    begun = timezone.now() - timedelta(minutes=1)
    type(event).objects.filter(pk=event.pk).update(starts_at=begun, ends_at=None)
    assert send(client, event).status_code == 422
    assert not Registration.objects.exists()


def test_a_draft_is_not_found(client):
    assert send(client, make_event(status="draft")).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", "Enter your name."),
        ("email", "", "Enter your e-mail address."),
        ("email", "ann", "Enter an e-mail address like name@example.org."),
        ("email", "a" * 320 + "@example.org", "e-mail"),
        ("name", "x" * 201, "200"),
        ("name", "A\x00nn", "Leave out characters that cannot be shown."),
        ("organisation", "A\x00nn", "Leave out characters that cannot be shown."),
        ("sector", "", "Choose a kind of organisation."),
        ("sector", "martians", "martians"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(client, event, field, value, error):
    answer = send(client, event, **{field: value})
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_an_empty_form_is_refused(client, event):
    answer = client.post(f"/en/events/{event.slug}/register/", {})
    assert answer.status_code == 422
    assert "Enter your name." in answer.content.decode()


def test_a_script_is_shown_as_text(client, manager_client, event):
    send(client, event, name=SCRIPT, organisation=SCRIPT)
    type(event).objects.update(starts_at=timezone.now(), ends_at=None)
    page = manager_client.get(f"/en/events/{event.slug}/attendance/").content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_the_confirmation_is_for_whom_it_concerns(client, event):
    answer = client.get(f"/en/events/{event.slug}/registered/")
    assert answer.status_code == 302
    assert answer.url == f"/en/events/{event.slug}/"


def test_speaks_welsh(client, event):
    page = client.get(f"/cy/events/{event.slug}/register/").content.decode()
    assert "Cofrestru" in page
    assert "Sgwrs" in page
    answer = send(client, event, lang="cy", name="")
    assert "Rhowch eich enw." in answer.content.decode()


def test_an_unknown_event_is_not_found(client):
    assert client.get("/en/events/nowhere/register/").status_code == 404
    assert client.delete("/en/events/nowhere/register/").status_code == 405
