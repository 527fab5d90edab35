"""The waiting list from the outside: mails, links, and what the team does."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.events import tasks
from engagement.events.models import Question, Registration, Session
from engagement.events.services import events, quotas, registrations
from engagement.events.services.details import Details
from engagement.mail.models import Message
from tests.support import registering
from tests.support.registering import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return registering.published(
        capacity=1, mode="both", join_url="https://join.example/secret"
    )


def link(registration, more=""):
    token = tokens.make("registration", str(registration.pk))
    return f"/en/events/registration/{token}/{more}"


def page_of(answer):
    return answer.content.decode()


def state(registration):
    registration.refresh_from_db()
    return registration.state


def test_a_place_that_comes_free_is_offered_to_the_next_in_line(client, event):
    first, second, third = (register(event, number) for number in range(3))
    client.post(link(first))
    assert (state(second), state(third)) == ("offered", "waiting")
    mail = Message.objects.last()
    assert (mail.kind, mail.to) == ("registration_offered", second.email)
    assert "/en/events/registration/" in mail.text
    page = page_of(client.get(link(second)))
    assert "A place is free for you" in page
    assert state(second) == "offered", "looking accepts nothing"
    assert client.get(link(second, "accept/")).status_code == 405
    for _twice in range(2):
        page = page_of(client.post(link(second, "accept/"), follow=True))
        assert "You have a place." in page
    assert state(second) == "place"
    assert Message.objects.filter(kind="registration_confirmed").count() == 2


def test_an_offer_runs_out_and_goes_to_the_next(client, event):
    first, second, third = (register(event, number) for number in range(3))
    registrations.cancel(by=None, registration=first)
    second.refresh_from_db()
    hours = second.offered_until - timezone.now()
    assert timedelta(hours=47) < hours <= timedelta(hours=event.offer_hours)
    with time_machine.travel(second.offered_until + timedelta(seconds=1)):
        page = page_of(client.post(link(second, "accept/"), follow=True))
        assert "no longer offered" in page
        tasks.sweep_offers()
        tasks.sweep_offers()
    assert (state(second), state(third)) == ("lapsed", "offered")
    kinds = Message.objects.order_by("pk").values_list("kind", "to")
    assert list(kinds)[-2:] == [
        ("registration_lapsed", second.email),
        ("registration_offered", third.email),
    ]


def test_an_offer_does_not_outlast_the_start(event):
    first, second = register(event, 0), register(event, 1)
    with time_machine.travel(event.starts_at - timedelta(hours=3)):
        registrations.cancel(by=None, registration=first)
    second.refresh_from_db()
    assert second.offered_until == event.starts_at


def test_more_places_are_offered_at_once(event, manager):
    made = [register(event, number) for number in range(4)]
    events.update(by=manager, event=event, fields={"capacity": 3})
    assert [state(one) for one in made] == ["place", "offered", "offered", "waiting"]


def test_a_sector_that_has_used_up_its_places_is_passed_over(event):
    quotas.set_all(by=None, event=event, most={"public": 1})
    first = register(event, 0)
    waits, goes = register(event, 1), register(event, 2, sector="academic")
    events.update(by=None, event=event, fields={"capacity": 2})
    assert (state(waits), state(goes)) == ("waiting", "offered")
    with pytest.raises(quotas.QuotaTooSmall):
        quotas.set_all(by=None, event=event, most={"public": 0})
    registrations.cancel(by=None, registration=first)
    assert state(waits) == "offered"


def test_the_link_to_join_is_for_those_with_a_place(client, event):
    first, second = register(event, 0), register(event, 1)
    assert "join.example" in page_of(client.get(link(first)))
    page = page_of(client.get(link(second)))
    assert "join.example" not in page
    assert "Your place in line: 1." in page
    client.post(link(first))
    for one in (first, second):
        assert "join.example" not in page_of(client.get(link(one)))


class TestADeputy:
    def send(self, client, one, **changes):
        named = {"name": "Dee", "email": "dee@example.org", "agreed": "on"}
        return client.post(link(one, "deputy/"), named | changes, follow=True)

    def test_has_the_place_instead(self, client, event):
        first, second = register(event, 0), register(event, 1)
        assert "We have written to your deputy." in page_of(self.send(client, first))
        deputy = Registration.objects.get(email="dee@example.org")
        assert (deputy.state, deputy.replaces) == ("place", first)
        assert (state(first), state(second)) == ("cancelled", "waiting")
        kinds = Message.objects.filter(to="dee@example.org").values_list("kind")
        assert list(kinds) == [("registration_deputy",)]
        assert "Dee" not in Message.objects.get(kind="registration_deputy").text
        assert "Your deputy has your place." in page_of(client.get(link(first)))
        again = self.send(client, first, email="other@example.org")
        assert "no place that you could pass on" in page_of(again)

    def test_must_have_agreed(self, client, event):
        one = register(event)
        assert self.send(client, one, agreed="").status_code == 422
        assert state(one) == "place"

    def test_who_has_a_place_is_not_given_away(self, client, event):
        events.update(by=None, event=event, fields={"capacity": 2})
        first, other = register(event, 0), register(event, 1)
        waits = register(event, 2)
        page = page_of(self.send(client, first, email=other.email))
        assert "We have written to your deputy." in page
        assert [state(one) for one in (first, other, waits)] == [
            "cancelled",
            "place",
            "offered",
        ]


class TestChanging:
    def test_name_organisation_welsh_and_needs(self, client, event):
        one = register(event)
        answer = client.post(link(one, "change/you/"), {"name": "New Name"})
        assert answer.status_code == 302
        client.post(link(one, "change/organisation/"), {"organisation": "New Body"})
        needs = {"wants_welsh": "on", "access": "A ramp", "dietary": ""}
        client.post(link(one, "change/needs/"), needs)
        one.refresh_from_db()
        assert (one.name, one.organisation, one.wants_welsh) == (
            "New Name",
            "New Body",
            True,
        )
        assert (one.needs.access, one.sector) == ("A ramp", "public")
        assert "A ramp" in page_of(client.get(link(one, "change/needs/")))
        assert Message.objects.last().kind == "registration_changed"
        assert "A ramp" not in Message.objects.last().text

    def test_nothing_after_the_start(self, client, event):
        one = register(event)
        url = link(one, "change/you/")
        with time_machine.travel(event.starts_at + timedelta(hours=1)):
            assert client.post(url, {"name": "New"}).status_code == 302
        one.refresh_from_db()
        assert one.name == "Person 0"


def test_a_guessed_link_is_refused_at_a_limited_rate(client):
    codes = [client.get(f"/en/events/registration/{n}/").status_code for n in range(22)]
    assert codes == [404] * 20 + [429] * 2


class TestSessions:
    @pytest.fixture
    def sessions(self, event):
        at = event.starts_at
        hours = ((0, 1), (0, 1), (2, 3))
        return [
            Session.objects.create(
                event=event,
                title_en=f"Session {n}",
                title_cy=f"Sesiwn {n}",
                starts_at=at + timedelta(hours=starts),
                ends_at=at + timedelta(hours=ends),
                capacity=1,
            )
            for n, (starts, ends) in enumerate(hours)
        ]

    def test_two_at_the_same_time_are_refused(self, client, event, sessions):
        answer = registering.fill(client, event, sessions=[s.pk for s in sessions])
        assert answer.status_code == 422
        page = page_of(answer)
        assert "at the same time: Session 0, Session 1" in page
        assert "places left: 1" in page

    def test_one_that_filled_up_leads_back_to_it(self, client, event, sessions):
        answer = registering.fill(client, event, sessions=[sessions[0].pk])
        register(event, 1, details=Details(sessions=[sessions[0].pk]))
        sent = client.post(answer.url)
        assert sent.url == registering.address(event, "sessions")
        assert "no place left in: Session 0" in page_of(client.get(sent.url))
        assert Registration.objects.count() == 1


class TestQuestions:
    def add(self, client, event, **fields):
        asked = {"kind": "choice", "label_en": "Which day?", "label_cy": "Pa ddydd?"}
        options = {"options_en": "Monday\nFriday", "options_cy": "Llun\nGwener"}
        url = f"/en/events/{event.slug}/questions/add/"
        return client.post(url, asked | options | fields)

    def test_are_asked_and_answered_in_the_language_of_the_reader(
        self, client, manager_client, event
    ):
        self.add(manager_client, event, required="on")
        consent = {"label_en": "Film me.", "label_cy": "Ffilmiwch fi."}
        self.add(manager_client, event, kind="consent", **consent)
        choice, agree = Question.objects.all()
        names = [f"question-{one.pk}" for one in (choice, agree)]
        answer = registering.fill(client, event, lang="cy")
        assert answer.status_code == 422
        assert "Pa ddydd?" in page_of(answer)
        friday = choice.options.last()
        registering.send(client, event, "cy", **{names[0]: friday.pk, names[1]: "on"})
        one = Registration.objects.get()
        assert one.answers.get(question=choice).options.get() == friday
        kept = one.answers.get(question=agree)
        assert (kept.agreed, kept.text) == (True, "Ffilmiwch fi.")
        page = page_of(manager_client.get(f"/en/events/registrations/{one.pk}/"))
        assert "Friday" in page
        export = manager_client.get(f"/en/events/{event.slug}/export/")
        text = export.content.decode("utf-8-sig")
        assert "Which day?,Film me.,Came" in text
        assert ",Friday,Yes," in text

    @pytest.mark.parametrize(
        ("field", "value", "error"),
        [
            ("label_cy", "", "Write the question in Welsh."),
            ("options_cy", "Llun", "as many answers in Welsh"),
            ("options_en", "Monday", "at least two answers"),
            ("hint_en", "Hint", "both languages, or in neither"),
        ],
    )
    def test_both_languages_are_required(
        self, manager_client, event, field, value, error
    ):
        answer = self.add(manager_client, event, **{field: value})
        assert answer.status_code == 422
        assert error in page_of(answer)

    def test_once_answered_only_closed(self, client, manager_client, event):
        self.add(manager_client, event, kind="text")
        question = Question.objects.get()
        register(event, details=Details(answers={question.pk: "Because"}))
        base = f"/en/events/questions/{question.pk}/"
        manager_client.post(f"{base}remove/")
        manager_client.post(
            base, {"kind": "text", "label_en": "Other", "label_cy": "Arall"}
        )
        question.refresh_from_db()
        assert question.label_en == "Which day?"
        manager_client.post(f"{base}close/")
        assert registering.fill(client, event).url.endswith("/check/")

    def test_can_be_moved_and_removed(self, manager_client, event):
        for label in ("A", "B"):
            self.add(manager_client, event, label_en=label)
        second = Question.objects.last()
        manager_client.post(f"/en/events/questions/{second.pk}/move/", {"up": "1"})
        assert [one.label_en for one in Question.objects.all()] == ["B", "A"]
        manager_client.post(f"/en/events/questions/{second.pk}/remove/")
        assert [one.label_en for one in Question.objects.all()] == ["A"]


class TestTheTeam:
    def test_adds_somebody_within_the_places(self, manager_client, event):
        url = f"/en/events/{event.slug}/registrations/add/"
        for name in ("one", "two"):
            fields = {"name": name, "email": f"{name}@example.org"}
            fields |= {"sector": "public", "language": "cy"}
            assert manager_client.post(url, fields).status_code == 302
        states = Registration.objects.order_by("pk").values_list("source", "state")
        assert list(states) == [("staff", "place"), ("staff", "waiting")]
        page = page_of(manager_client.get(f"/en/events/{event.slug}/registrations/"))
        assert page.index(">one<") < page.index(">two<")

    def test_cancels_and_says_yes_for_somebody(self, manager_client, event):
        first, second = register(event, 0), register(event, 1)
        one = f"/en/events/registrations/{second.pk}/place/"
        page = page_of(manager_client.post(one, follow=True))
        assert "no place free" in page
        manager_client.post(f"/en/events/registrations/{first.pk}/cancel/")
        manager_client.post(one)
        assert (state(first), state(second)) == ("cancelled", "place")

    def test_sets_quotas(self, manager_client, event):
        url = f"/en/events/{event.slug}/quotas/"
        assert manager_client.post(url, {"public": "many"}).status_code == 422
        manager_client.post(url, {"public": "3"})
        assert dict(event.quotas.values_list("sector", "places")) == {"public": 3}
        assert 'value="3"' in page_of(manager_client.get(url))

    def test_its_list_asks_the_database_little(
        self, manager_client, event, django_assert_max_num_queries
    ):
        for number in range(10):
            register(event, number)
        with django_assert_max_num_queries(9):
            manager_client.get(f"/en/events/{event.slug}/registrations/")


class TestNeeds:
    def test_are_for_the_organiser_and_the_administrators(
        self, manager_client, manager, administrator_client, event
    ):
        register(event, details=Details(needs=("A ramp", "No nuts")))
        pages = [f"/en/events/{event.slug}/needs/", f"/en/events/{event.slug}/export/"]
        assert manager_client.get(pages[0]).status_code == 403
        assert "A ramp" not in page_of(manager_client.get(pages[1]))
        assert not Entry.objects.filter(action="event.needs_seen").exists()
        for page in pages:
            assert "A ramp" in page_of(administrator_client.get(page))
        type(event).objects.update(organiser=manager)
        for page in pages:
            assert "No nuts" in page_of(manager_client.get(page))
        assert Entry.objects.filter(action="event.needs_seen").count() == 4

    def test_go_with_a_cancellation(self, event):
        one = register(event, details=Details(needs=("A ramp", "")))
        registrations.cancel(by=None, registration=one)
        one = Registration.objects.get()
        assert not hasattr(one, "needs")
