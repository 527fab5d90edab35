"""All that happened with a person or a body, newest first."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from engagement.events.models import Attendance, Invitation, Registration
from engagement.people import histories
from engagement.people.services import affiliations
from engagement.studies.models import Enquiry
from newsletters.models import Delivery
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/"


@pytest.fixture
def person():
    return factories.make_person(name="Ann Author")


def everything_happens(person):
    now = timezone.now()
    Delivery.objects.create(
        issue=factories.make_issue(title_en="Spring", title_cy="Gwanwyn"),
        person=person,
        address=person.email,
        language="en",
        token=f"t{person.pk}",
        state="accepted",
        due_at=now,
        handed_over_at=now - timedelta(days=1),
    )
    event = factories.make_event(
        title_en="Workshop", starts_at=now - timedelta(days=3), status="held"
    )
    registration = Registration.objects.create(
        event=event,
        person=person,
        reference=f"R{person.pk}",
        name="A",
        email=person.email,
        sector="private",
        language="en",
    )
    Registration.objects.update(created_at=now - timedelta(days=9))
    Attendance.objects.create(registration=registration)
    Invitation.objects.create(
        event=event,
        person=person,
        name="A",
        email=person.email,
        language="en",
        answer="yes",
        answered_at=now - timedelta(days=10),
    )
    Invitation.objects.update(invited_at=now - timedelta(days=11))
    group = factories.make_group(name_en="Steering")
    seat = factories.make_seat(group=group, member=person, label_en="Councils")
    seat.memberships.update(started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1))
    Enquiry.objects.create(
        person=person,
        channel="email",
        asked_on=date(2022, 5, 1),
        question="What is a rank?",
        answer="An order.",
        answered_on=date(2022, 5, 3),
    )
    factories.make_subscription(person=person)
    affiliations.begin(
        by=None, person=person, post="Analyst", started_on=date(2019, 1, 1)
    )


TOLD = [
    ("consent", "Given: To be sent a newsletter"),
    ("mail", "Issue “Spring”: Accepted"),
    ("event", "Came to “Workshop”"),
    ("event", "Registered for “Workshop”"),
    ("event", "Answered the invitation to “Workshop”: Yes"),
    ("event", "Invited to “Workshop”"),
    ("enquiry", "Had an answer: “What is a rank?”"),
    ("enquiry", "Asked: “What is a rank?”"),
    ("group", "Left a seat: Councils, Steering"),
    ("group", "Took a seat: Councils, Steering"),
    ("post", "Began a post: Analyst"),
]


def test_newest_first(person):
    everything_happens(person)
    found = [(one.about, one.text) for one in histories.of_person(person)]
    assert [about for about, _text in found] == [about for about, _text in TOLD]
    for (_about, text), (_same, told) in zip(found, TOLD, strict=True):
        assert text.startswith(told)


def test_of_one_sort_in_the_readers_language(person):
    everything_happens(person)
    with translation.override("cy"):
        (sent,) = histories.of_person(person, about="mail")
    assert "Gwanwyn" in sent.text


def test_nobody_elses(person):
    everything_happens(factories.make_person())
    assert histories.of_person(person) == []


def test_the_page_and_its_filter(manager_client, person):
    everything_happens(person)
    page = manager_client.get(f"{URL}{person.pk}/").content.decode()
    history = page.split('id="history"')[1]
    assert history.index("Came to “Workshop”") < history.index("Began a post: Analyst")
    page = manager_client.get(f"{URL}{person.pk}/?about=group").content.decode()
    assert "Took a seat" in page
    assert "Came to" not in page
    assert manager_client.get(f"{URL}{person.pk}/?about=x").status_code == 422


def test_an_empty_one(manager_client, person):
    page = manager_client.get(f"{URL}{person.pk}/").content.decode()
    assert "Nothing has happened yet." in page


def test_a_body_has_what_happened_while_people_spoke_for_it(manager_client, person):
    body = factories.make_organisation()
    spoke = {"person": person, "organisation": body, "post": "Spokesman"}
    affiliations.begin(by=None, **spoke, started_on=date(2022, 1, 1))
    person.affiliations.update(ended_on=date(2022, 12, 31))
    everything_happens(person)
    url = f"{URL}organisations/{body.pk}/"
    history = manager_client.get(url).content.decode().split('id="history"')[1]
    assert "Ann Author" in history
    assert "Asked: “What is a rank?”" in history
    assert "Came to “Workshop”" not in history
    assert "Analyst" not in history


def test_the_questions_do_not_grow(
    manager_client, person, django_assert_max_num_queries
):
    everything_happens(person)
    for _more in range(5):
        factories.make_subscription(person=person)
    with django_assert_max_num_queries(25):
        manager_client.get(f"{URL}{person.pk}/")
