"""Somebody without an account registers, one thing a page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.events.models import Registration
from engagement.mail.models import Message
from tests import factories
from tests.support import registering
from tests.support.registering import address, fill, send

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def event():
    return registering.published(capacity=2)


def page_of(answer):
    return answer.content.decode()


def test_a_stranger_gets_a_place(client, event):
    answer = send(client, event, wants_welsh="on")
    assert answer.status_code == 302
    kept = Registration.objects.get()
    assert (kept.email, kept.sector) == ("ann@example.org", "local_authority")
    assert (kept.organisation, kept.function) == ("Demo Council", "research")
    assert kept.wants_welsh
    assert kept.person.name == "Ann Example"
    page = page_of(client.get(answer.url))
    assert "You have a place" in page
    assert "ann@example.org" in page.lower()
    assert kept.reference in page


def test_looking_keeps_nothing(client, event):
    """Scanners follow links: no session, no row."""
    answer = client.get(address(event))
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert not Registration.objects.exists()


def test_nothing_is_registered_before_it_is_sent(client, event):
    answer = fill(client, event)
    page = page_of(client.get(answer.url))
    assert not Registration.objects.exists()
    for words in ("Ann Example", "Demo Council", "Local authority", "Research"):
        assert words in page
    for step in ("", "organisation/", "needs/"):
        assert f'href="/en/events/{event.slug}/register/{step}"' in page


def test_a_change_comes_back_to_the_check(client, event):
    fill(client, event)
    page = page_of(client.get(address(event, "organisation")))
    assert "Demo Council" in page
    back = client.post(
        address(event, "organisation"), {"organisation": "", "sector": "public"}
    )
    assert back.url == address(event, "check")
    client.post(back.url)
    assert Registration.objects.get().sector == "public"


def test_the_mail_has_both_languages_and_a_link(client, event):
    send(client, event, lang="cy")
    mail = Message.objects.get()
    assert (mail.kind, mail.language) == ("registration_confirmed", "cy")
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


def test_nobody_can_have_a_stranger_flooded_with_mail(client, event):
    answers = [send(client, event) for _ in range(7)]
    assert [one.status_code for one in answers] == [302] * 5 + [429] * 2
    assert Message.objects.count() == 5


@pytest.mark.parametrize("status", ["planned", "held", "cancelled", "not_held"])
def test_only_a_published_event_takes_registrations(client, event, status):
    fill(client, event)
    type(event).objects.filter(pk=event.pk).update(status=status)
    for step in ("you", "organisation", "check"):
        answer = client.post(address(event, step))
        assert answer.status_code == 422
        assert "cancelled" in page_of(answer) or "does not take" in page_of(answer)
    assert not Registration.objects.exists()


def test_a_draft_is_not_found(client):
    draft = factories.make_event(status="draft")
    for step in ("you", "organisation", "check"):
        assert client.get(address(draft, step)).status_code == 404


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
        ("function", "martians", "martians"),
        ("access", "x" * 1001, "1000"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(client, event, field, value, error):
    answer = send(client, event, **{field: value})
    assert answer.status_code == 422
    assert error in page_of(answer)
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_a_script_is_shown_as_text(client, manager_client, event):
    answer = fill(client, event, name=SCRIPT, organisation=SCRIPT)
    assert SCRIPT not in page_of(client.get(answer.url))
    client.post(answer.url)
    type(event).objects.update(starts_at=timezone.now(), ends_at=None)
    page = page_of(manager_client.get(f"/en/events/{event.slug}/attendance/"))
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_the_confirmation_is_for_whom_it_concerns(client, event):
    answer = client.get(f"/en/events/{event.slug}/registered/")
    assert answer.status_code == 302
    assert answer.url == f"/en/events/{event.slug}/"


def test_speaks_welsh(client, event):
    page = page_of(client.get(address(event, lang="cy")))
    assert "Cofrestru" in page
    assert "Sgwrs" in page
    answer = send(client, event, lang="cy", name="")
    assert "Rhowch eich enw." in page_of(answer)


def test_an_unknown_event_is_not_found(client):
    assert client.get("/en/events/nowhere/register/").status_code == 404
    assert client.delete("/en/events/nowhere/register/").status_code == 405


def test_the_pages_ask_the_database_little(
    client, event, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        client.get(address(event))
    fill(client, event)
    with django_assert_max_num_queries(9):
        assert client.get(address(event, "check")).status_code == 200


class TestAnAddressThatIsKnown:
    """The page says what it says to a stranger; the mail says which it is."""

    def test_a_second_time_looks_the_same_and_keeps_the_first(self, client, event):
        send(client, event)
        answer = send(client, event, email="ann@example.ORG", name="Somebody Else")
        kept = Registration.objects.get()
        assert kept.name == "Ann Example"
        page = page_of(client.get(answer.url))
        assert "You have a place" in page
        assert kept.reference not in page
        mail = Message.objects.last()
        assert "already registered" in mail.text
        assert kept.reference in mail.text

    def test_a_full_event_tells_nobody_who_has_a_place(self, client, event):
        send(client, event, email="a@example.org")
        send(client, event, email="b@example.org")
        pages = []
        for email in ("a@example.org", "n@example.org"):
            page = page_of(client.get(send(client, event, email=email).url))
            reference = client.session["registered"][event.slug]["reference"]
            pages.append(page.replace(reference, "").replace(email, ""))
        nonceless = [page.partition("<main")[2] for page in pages]
        assert nonceless[0] == nonceless[1]
        assert "Your place in line: 1." in pages[0]
        states = Registration.objects.values_list("email", "state")
        assert dict(states) == {
            "a@example.org": "place",
            "b@example.org": "place",
            "n@example.org": "waiting",
        }

    def test_a_cancelled_place_is_free_again(self, client, event):
        send(client, event, email="a@example.org")
        send(client, event, email="b@example.org")
        Registration.objects.filter(email="a@example.org").update(
            state="cancelled", cancelled_at=timezone.now()
        )
        assert send(client, event, email="a@example.org").status_code == 302
        assert Registration.objects.live().count() == 2


class TestTheBackButtonAndTheRest:
    """Every form survives what people and browsers do."""

    def test_sent_twice_is_one_registration(self, client, event):
        fill(client, event)
        kept = dict(client.session)
        first = client.post(address(event, "check"))
        again = client.post(address(event, "check"))
        assert first.url == again.url
        # The second press of an impatient finger: both began before either was done.
        session = client.session
        session.update(kept)
        session.save()
        client.post(address(event, "check"))
        assert Registration.objects.count() == 1
        assert Message.objects.count() == 1
        page = page_of(client.get(first.url))
        assert Registration.objects.get().reference in page

    def test_back_after_it_was_sent_shows_that_it_was(self, client, event):
        sent = send(client, event)
        assert client.get(address(event, "check")).url == sent.url

    def test_a_page_out_of_turn_leads_to_the_first(self, client, event):
        for step in ("organisation", "needs", "check"):
            assert client.get(address(event, step)).url == address(event)

    def test_a_page_that_the_event_does_not_have(self, client, event):
        for step in ("sessions", "questions", "made-up"):
            assert client.get(address(event, step)).url == address(event)

    def test_an_expired_session_says_so_and_keeps_what_was_sent(self, client, event):
        fill(client, event)
        client.session.flush()
        answer = client.post(
            address(event, "organisation"),
            {"organisation": "Demo Council", "sector": "public"},
        )
        assert answer.url == address(event)
        assert "two hours" in page_of(client.get(answer.url))
        client.post(address(event), {"name": "Ann", "email": "ann@example.org"})
        assert "Demo Council" in page_of(client.get(address(event, "organisation")))

    def test_an_expired_session_at_the_end_says_so(self, client, event):
        answer = client.post(address(event, "check"))
        assert answer.url == address(event)
        assert "two hours" in page_of(client.get(answer.url))
        assert not Registration.objects.exists()

    def test_what_was_begun_is_forgotten_in_two_hours(self, client, event):
        fill(client, event, access="A ramp")
        left = client.session.get_expiry_age()
        assert left <= 2 * 60 * 60

    def test_a_page_from_before_the_last_place_went(self, client, event):
        answer = fill(client, event)
        assert "waiting list" not in page_of(client.get(answer.url))
        for number in range(2):
            registering.register(event, number)
        sent = client.post(answer.url)
        assert "You are on the waiting list" in page_of(client.get(sent.url))
        assert Registration.objects.get(email="ann@example.org").state == "waiting"
        assert Message.objects.last().kind == "registration_waiting"

    def test_the_waiting_list_is_announced_beforehand(self, client, event):
        for number in range(2):
            registering.register(event, number)
        assert "Every place is taken" in page_of(client.get(address(event)))
        answer = fill(client, event)
        assert "Go on the waiting list" in page_of(client.get(answer.url))

    def test_registration_that_closed_meanwhile(self, client, event):
        answer = fill(client, event)
        past = timezone.now() - timedelta(minutes=1)
        type(event).objects.update(registration_closes_at=past)
        sent = client.post(answer.url)
        assert sent.status_code == 422
        assert "Nothing that you wrote has been sent." in page_of(sent)
        assert not Registration.objects.exists()

    def test_two_events_at_once_do_not_mix(self, client, event):
        other = registering.published()
        fill(client, event)
        send(client, other, email="bob@example.org")
        client.post(address(event, "check"))
        found = Registration.objects.values_list("event", "email")
        assert set(found) == {
            (event.pk, "ann@example.org"),
            (other.pk, "bob@example.org"),
        }
