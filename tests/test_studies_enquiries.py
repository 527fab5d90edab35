"""Questions from the public and the telephone, their answers, and the days between."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.people.models import Consent, Person
from engagement.studies.models import Enquiry
from engagement.studies.services import enquiries
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/studies/enquiries/"
ASKED = {
    "question": "What is <b>a rank</b>?",
    "name": "Ann Ŵyn",
    "email": "ann@example.org",
    "language": "cy",
}


def enquiry(days_ago=0, took=None, **fields):
    asked = timezone.localdate() - timedelta(days=days_ago)
    answered = None if took is None else asked + timedelta(days=took)
    return Enquiry.objects.create(
        asked_on=asked,
        answered_on=answered,
        **{"question": "Q?", "channel": "email", "answer": "A." if answered else ""}
        | fields,
    )


def test_anybody_asks_and_staff_answer(client, manager_client, study, deliver_mail):
    page = client.get("/en/studies/wimd/ask/")
    assert page.status_code == 200
    assert (
        "We have your question"
        in client.post("/en/studies/wimd/ask/", ASKED).content.decode()
    )
    (mail,) = deliver_mail()
    assert mail["To"] == "ann@example.org"
    assert "a rank" in mail.get_body(("plain",)).get_content()
    one = Enquiry.objects.get()
    assert (one.person.name, one.channel, one.study) == ("Ann Ŵyn", "form", study)
    assert not Consent.objects.exists(), "a question is no consent"
    page = manager_client.get(f"{URL}{one.pk}/").content.decode()
    assert "What is &lt;b&gt;a rank&lt;/b&gt;?" in page
    manager_client.post(f"{URL}{one.pk}/", {"answer": "1 is most.", "send": "on"})
    (mail,) = deliver_mail()
    assert "1 is most." in mail.get_body(("plain",)).get_content()
    one.refresh_from_db()
    assert one.answered_on == timezone.localdate()
    assert one.owner
    assert Entry.objects.filter(action="enquiry.answered").count() == 1


def test_one_that_came_by_telephone(manager_client, study):
    data = {
        "study": study.pk,
        "question": "Where?",
        "channel": "telephone",
        "asked_on": "2026-01-05",
        "language": "en",
    }
    answer = manager_client.post(f"{URL}new/", data)
    one = Enquiry.objects.get()
    assert answer.url == f"{URL}{one.pk}/"
    assert one.person is None
    page = manager_client.post(answer.url, {"answer": "Here.", "send": "on"})
    assert page.status_code == 422
    assert "Nobody knows an address" in page.content.decode()
    one.refresh_from_db()
    assert one.answered_on is None


def test_open_ones_come_first_with_their_age(manager_client):
    enquiry(50, took=2, question="Answered one")
    enquiry(3, question="Young")
    enquiry(9, question="Old")
    page = manager_client.get(URL).content.decode()
    assert page.index("Old") < page.index("Young") < page.index("Answered one")
    assert "Open, days: 9" in page
    assert "Days to the answer: 2" in page
    page = manager_client.get(URL, {"state": "open"}).content.decode()
    assert "Answered one" not in page
    assert manager_client.get(URL, {"study": "999"}).status_code == 422


def test_the_middle_and_the_slowest_of_a_year():
    for took in (1, 2, 9):
        enquiry(30, took=took)
    enquiry(500, took=100)
    enquiry(5)
    found = enquiries.speed(enquiries.lately(Enquiry.objects.all()))
    assert found == (3, 2, 9)
    assert enquiries.speed(Enquiry.objects.none()) == (0, None, None)


def test_the_dashboard_shows_what_is_open(manager_client):
    enquiry(7, question="Still open")
    page = manager_client.get("/en/dashboard/").content.decode()
    assert "Still open" in page
    assert "Open, days: 7" in page


def test_somebody_answers(manager_client, manager):
    one = enquiry()
    manager_client.post(f"{URL}{one.pk}/assign/", {"assign-owner": manager.pk})
    one.refresh_from_db()
    assert one.owner == manager
    manager_client.post(f"{URL}{one.pk}/assign/", {"assign-owner": "x"})
    one.refresh_from_db()
    assert one.owner == manager


@pytest.mark.parametrize("field", ["question", "name", "email", "language"])
def test_what_is_missing_is_named(client, study, field):
    answer = client.post("/en/studies/wimd/ask/", ASKED | {field: ""})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_day_to_come_is_refused(manager_client):
    data = {"question": "?", "channel": "post", "language": "en"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = manager_client.post(
        f"{URL}new/", data | {"asked_on": tomorrow.isoformat()}
    )
    assert "must not be in the future" in answer.content.decode()


def test_the_database_keeps_the_order_of_days():
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Enquiry.objects.create(
            channel="post",
            asked_on=date(2026, 1, 2),
            answered_on=date(2026, 1, 1),
            answer="A",
        )


def test_a_stranger_s_question_changes_nothing_about_a_person(client, study):
    factories.make_person(email="ann@example.org", name="Ann", language="en")
    client.post("/en/studies/wimd/ask/", ASKED | {"name": "Mallory"})
    assert Person.objects.get().name == "Ann"


def test_too_often_is_refused(client, study, own_clock):
    for _time in range(5):
        assert client.post("/en/studies/wimd/ask/", ASKED).status_code == 200
    assert client.post("/en/studies/wimd/ask/", ASKED).status_code == 429
    assert Enquiry.objects.count() == 5


def test_nothing_in_welsh(manager_client):
    page = manager_client.get("/cy/studies/enquiries/").content.decode()
    assert "Dim ymholiadau yma." in page


def test_the_questions_do_not_grow(manager_client, django_assert_max_num_queries):
    for number in range(10):
        enquiry(number, person=factories.make_person())
    with django_assert_max_num_queries(9):
        manager_client.get(URL)


def test_only_for_managers(client, member_client):
    one = enquiry()
    for url in (URL, f"{URL}new/", f"{URL}{one.pk}/"):
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403
