from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.events import afterwards, tasks
from engagement.events.models import Attendance, Commitment, Feedback
from engagement.events.services import commitments, feedback
from engagement.mail.models import Message
from engagement.people.services import suppressions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Ended six hours ago."""
    now = timezone.now()
    return factories.make_event(
        status="held",
        title_en="Workshop",
        title_cy="Gweithdy",
        starts_at=now - timedelta(hours=8),
        ends_at=now - timedelta(hours=6),
    )


def guest(event, number=1, *, came=True, **fields):
    row = factories.make_registration(
        event=event, email=f"guest{number}@example.org", **fields
    )
    if came:
        Attendance.objects.create(registration=row)
    return row


def link(row):
    return f"/en/events/feedback/{tokens.make(feedback.SCOPE, str(row.pk))}/"


def answer(client, row, lang="en", **fields):
    said = {"useful": "quite"} | fields
    return client.post(link(row).replace("/en/", f"/{lang}/", 1), said, follow=True)


def test_those_who_came_are_asked_once_in_both_languages(event, deliver_mail, client):
    row = guest(event, language="cy")
    guest(event, 2, came=False)
    tasks.ask_for_feedback()
    tasks.ask_for_feedback()
    [mail] = deliver_mail()
    assert mail["To"] == "guest1@example.org"
    text = mail.get_body(("plain",)).get_content()
    assert text.index("Diolch am ddod") < text.index("Thank you for coming")
    address = next(line for line in text.split() if "/en/events/feedback/" in line)
    page = client.get(address[address.index("/en/") :]).content.decode()
    assert "Was it useful?" in page
    row.refresh_from_db()
    assert row.feedback_asked_at


@pytest.mark.parametrize(
    ("hours", "asked"), [(3, 0), (5, 1), (13 * 24, 1), (15 * 24, 0)]
)
def test_some_hours_after_the_end_and_not_weeks(event, hours, asked):
    guest(event)
    with time_machine.travel(event.ends_at + timedelta(hours=hours), tick=False):
        assert feedback.ask_due(by=None) == asked


@pytest.mark.parametrize("status", ["cancelled", "not_held", "draft"])
def test_nobody_is_asked_of_what_did_not_take_place(event, status):
    guest(event)
    type(event).objects.update(status=status)
    assert feedback.ask_due(by=None) == 0


def test_nobody_without_an_address_or_at_a_suppressed_one(event):
    guest(event)
    nowhere = guest(event, 2)
    type(nowhere).objects.filter(pk=nowhere.pk).update(email="")
    suppressions.add(by=None, address="GUEST1@example.org", reason="asked")
    assert feedback.ask_due(by=None) == 0
    assert not Message.objects.exists()


def test_an_answer_is_one_and_can_be_changed(event, client):
    row = guest(event)
    answer(client, row, useful="quite", comment="Cold room")
    page = answer(client, row, useful="very").content.decode()
    assert "Thank you. Your answer is saved." in page
    found = Feedback.objects.get()
    assert (found.useful, found.comment, found.registration) == ("very", "", row)


def test_what_must_be_answered(event, client):
    page = client.post(link(guest(event)), {"comment": "Good"})
    assert page.status_code == 422
    assert "Say how useful it was." in page.content.decode()
    assert "Good" in page.content.decode()
    assert not Feedback.objects.exists()


def test_promises_are_proposed_in_the_language_they_were_written_in(event, client):
    row = guest(event)
    answer(client, row, "cy", means="Darllen y data", differently="Mwy o siroedd")
    found = {one.side: one for one in Commitment.objects.all()}
    assert found["participant"].text_cy == "Darllen y data"
    assert found["team"].text_cy == "Mwy o siroedd"
    assert {one.state for one in found.values()} == {"proposed"}
    answer(client, row, "en", means="Read the data", differently="")
    only = Commitment.objects.get()
    assert (only.text_en, only.text_cy) == ("Read the data", "")


def test_what_the_team_took_up_is_no_longer_changed(event, client, manager):
    row = guest(event)
    answer(client, row, means="Read it")
    taken = Commitment.objects.get()
    commitments.change(by=manager, commitment=taken, fields={"text_cy": "Ei ddarllen"})
    page = client.get(link(row)).content.decode()
    assert "The team has taken this up" in page
    answer(client, row, means="Something else")
    taken.refresh_from_db()
    assert (taken.state, taken.text_en, taken.text_cy) == (
        "open",
        "Read it",
        "Ei ddarllen",
    )
    assert Commitment.objects.count() == 1


def test_it_closes_after_thirty_days(event, client):
    row = guest(event)
    with time_machine.travel(event.ends_at + timedelta(days=29)):
        assert b"Was it useful?" in client.get(link(row)).content
    url = link(row)
    with time_machine.travel(event.ends_at + timedelta(days=31)):
        assert "It is too late" in client.get(url).content.decode()
        assert client.post(url, {"useful": "very"}).status_code == 422
    assert not Feedback.objects.exists()


def test_a_bad_link_is_a_404_and_after_many_a_429(event, client):
    row = guest(event, came=False)
    assert client.get(link(row)).status_code == 404
    other = tokens.make("registration", str(guest(event, 2).pk))
    assert client.get(f"/en/events/feedback/{other}/").status_code == 404
    for _ in range(30):
        last = client.get("/en/events/feedback/x/")
    assert last.status_code == 429


def test_the_team_reads_counts_and_words_without_names(event, manager_client):
    for number, useful in enumerate(["very"] * 5 + ["quite"] * 6 + ["not"] * 2):
        row = guest(event, number, name=f"Guest {number}")
        Feedback.objects.create(
            event=event,
            registration=row,
            useful=useful,
            use_for=f"Plan {number}",
            language="en",
        )
    page = manager_client.get(f"/en/events/{event.slug}/feedback/").content.decode()
    assert "Answers: 13. People who came: 13." in page
    assert "Plan 7" in page
    assert "Guest" not in page
    chart = afterwards.of(event, public=False).found.chart
    # Two said no: hidden, and the five beside them, or the total would tell.
    assert [bar.value for bar in chart.bars] == [None, 6, 0, None]


def share(event):
    return afterwards.of(event, public=False).found.share


def test_the_share_says_how_sure_it_is(event):
    for number, useful in enumerate(["very"] * 6 + ["limited"] * 6):
        row = guest(event, number)
        Feedback.objects.create(
            event=event, registration=row, useful=useful, language="en"
        )
    assert share(event) == "Very or quite useful: 50%. Everybody answered."
    for number in range(12, 24):
        guest(event, number)
    # Wilson with n = 12 * 23 / 12: 31.1% to 68.9%.
    assert "50% (95% interval 31% to 69%)" in share(event)


def test_no_share_where_it_would_tell_of_a_few(event):
    for number, useful in enumerate(["very"] * 9 + ["quite"] * 2 + ["limited"] * 8):
        Feedback.objects.create(
            event=event, registration=guest(event, number), useful=useful, language="en"
        )
    assert share(event) == ""


def test_more_answers_than_people_who_came(event, manager_client):
    """A mark was taken back after the answer."""
    for number in range(9):
        row = guest(event, number, came=number < 6)
        Feedback.objects.create(
            event=event, registration=row, useful="very", language="en"
        )
    page = manager_client.get(f"/en/events/{event.slug}/feedback/").content.decode()
    assert "Answers: 9. People who came: 6." in page


def test_fewer_than_five_answers_show_nothing(event, manager_client):
    Feedback.objects.create(
        event=event, registration=guest(event), useful="very", language="en"
    )
    page = manager_client.get(f"/cy/events/{event.slug}/feedback/").content.decode()
    assert "Mae cyfrifon o lai na 5 o bobl" in page
    assert "Defnyddiol iawn" not in page


def test_nobody_has_answered_yet(event, manager_client):
    page = manager_client.get(f"/en/events/{event.slug}/feedback/").content.decode()
    assert "Nobody has answered yet." in page


def test_costs_few_queries(event, manager_client, django_assert_max_num_queries):
    for number in range(6):
        Feedback.objects.create(
            event=event, registration=guest(event, number), useful="very", language="en"
        )
    with django_assert_max_num_queries(9):
        manager_client.get(f"/en/events/{event.slug}/feedback/")
