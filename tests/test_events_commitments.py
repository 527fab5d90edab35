from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagement.core.states import MoveNotAllowed
from engagement.events.models import Attendance, Commitment
from engagement.events.services import commitments
from engagement.people import registry
from engagement.people.models import Succession
from engagement.people.services import affiliations, erasure
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.make_event(status="held", title_en="Workshop", days_ahead=-3)


def make(event, **fields):
    texts = {"side": "team", "text_en": "Write a guide"}
    return Commitment.objects.create(event=event, **texts | fields)


def settled(event, **fields):
    return make(event, settled_at=timezone.now(), **{"state": "done"} | fields)


def url(event, lang="en"):
    return f"/{lang}/events/{event.slug}/commitments/"


def test_taken_down_in_one_language_in_a_moment(event, manager_client, manager):
    said_by = factories.make_registration(event=event)
    answer = manager_client.post(
        url(event),
        {
            "text": "Defnyddio'r data",
            "language": "cy",
            "side": "participant",
            "owner": manager.pk,
            "due_on": "2027-02-01",
            "registration": said_by.pk,
        },
        follow=True,
    )
    assert "The commitment is taken down." in answer.content.decode()
    row = Commitment.objects.get()
    assert (row.text_cy, row.text_en, row.state) == ("Defnyddio'r data", "", "open")
    assert (row.owner, row.due_on) == (manager, date(2027, 2, 1))
    assert row.registration == said_by
    assert not row.is_public


def test_the_form_says_what_is_wrong(event, manager_client):
    answer = manager_client.post(url(event), {"due_on": "soon", "text": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what was promised." in page
    assert "Enter a date like 2026-01-31." in page
    assert not Commitment.objects.exists()


def test_whoever_said_it_was_there(event, manager_client):
    stranger = factories.make_registration(event=factories.make_event())
    fields = {"text": "A", "language": "en", "side": "team"}
    fields["registration"] = stranger.pk
    assert manager_client.post(url(event), fields).status_code == 422
    with pytest.raises(commitments.NotThere):
        commitments.add(
            by=None,
            event=event,
            side="team",
            text="A",
            language="en",
            registration=stranger,
        )


def test_nothing_has_been_taken_down(event, manager_client):
    assert "Nothing has been taken down yet." in (
        manager_client.get(url(event)).content.decode()
    )


def test_the_list_of_all_is_narrowed(event, manager_client, manager, study):
    today = timezone.localdate()
    make(event, text_en="Late", due_on=today - timedelta(days=1))
    make(event, text_en="Due today", due_on=today, owner=manager)
    settled(event, text_en="Finished")
    other = factories.make_event(study=study)
    make(other, text_en="Of the study", state="proposed")

    def shown(query):
        page = manager_client.get(f"/en/events/commitments/?{query}").content.decode()
        texts = ("Late", "Due today", "Finished", "Of the study")
        return [text for text in texts if f">{text}</a>" in page]

    assert len(shown("")) == 4
    assert shown("which=overdue") == ["Late"]
    assert shown("which=open") == ["Late", "Due today"]
    assert shown("which=done") == ["Finished"]
    assert shown("which=proposed") == ["Of the study"]
    assert shown("mine=on") == ["Due today"]
    assert shown(f"study={study.slug}") == ["Of the study"]
    assert manager_client.get("/en/events/commitments/?which=x").status_code == 422


def test_the_list_may_be_empty(manager_client):
    page = manager_client.get("/cy/events/commitments/").content.decode()
    assert "Nid oes ymrwymiadau yma." in page


def test_in_public_only_in_both_languages(event, manager_client):
    row = make(event)
    fields = {"text_en": "Write a guide", "side": "team", "is_public": "on"}
    page = manager_client.post(row.get_absolute_url(), fields)
    assert page.status_code == 422
    assert "before it is shown in public" in page.content.decode()
    fields["text_cy"] = "Ysgrifennu canllaw"
    manager_client.post(row.get_absolute_url(), fields)
    row.refresh_from_db()
    assert row.is_public
    fields["text_cy"] = ""
    assert manager_client.post(row.get_absolute_url(), fields).status_code == 422


def test_a_proposal_is_taken_up_by_saving_it(event, manager_client, manager):
    row = make(event, state="proposed")
    page = manager_client.get(row.get_absolute_url()).content.decode()
    assert "Take it up" in page
    fields = {"text_en": "Write a guide", "side": "team", "owner": manager.pk}
    manager_client.post(row.get_absolute_url(), fields)
    row.refresh_from_db()
    assert (row.state, row.owner) == ("open", manager)


def test_done_and_open_again(event, manager_client):
    row = make(event)
    address = row.get_absolute_url()
    fields = {"state": "done", "outcome_en": "Written", "outcome_cy": ""}
    page = manager_client.post(f"{address}settle/", fields, follow=True)
    assert "What came of it is saved." in page.content.decode()
    row.refresh_from_db()
    assert row.state == "done"
    assert row.settled_at
    page = manager_client.post(f"{address}settle/", fields)
    assert "This has changed in the meantime." in page.content.decode()
    manager_client.post(f"{address}reopen/")
    row.refresh_from_db()
    assert (row.state, row.settled_at, row.outcome_en) == ("open", None, "Written")


def test_what_was_not_done_says_why(event, manager_client):
    row = make(event)
    address = f"{row.get_absolute_url()}settle/"
    page = manager_client.post(address, {"state": "dropped"})
    assert page.status_code == 422
    assert "Say why it was not done" in page.content.decode()
    fields = {"state": "dropped", "outcome_cy": "Dim arian"}
    assert manager_client.post(address, fields).status_code == 302


@pytest.mark.parametrize(
    ("before", "after"), [("done", "dropped"), ("done", "done"), ("proposed", "done")]
)
def test_other_moves_are_refused(event, before, after):
    row = settled(event) if before == "done" else make(event, state=before)
    with pytest.raises(MoveNotAllowed):
        commitments.settle(
            by=None, commitment=row, state=after, outcome_en="A", outcome_cy="B"
        )


def test_a_proposal_is_set_aside_with_a_reason_and_never_done(event, manager_client):
    row = make(event, state="proposed")
    page = manager_client.get(row.get_absolute_url()).content.decode()
    assert 'value="dropped"' in page
    assert 'value="done"' not in page
    address = f"{row.get_absolute_url()}settle/"
    assert manager_client.post(address, {"state": "done"}).status_code == 422
    manager_client.post(address, {"state": "dropped", "outcome_en": "Not ours"})
    row.refresh_from_db()
    assert (row.state, row.outcome_en) == ("dropped", "Not ours")


def test_an_erased_person_leaves_what_was_taken_up_and_no_proposal(event, manager):
    person = factories.make_person()
    said_by = factories.make_registration(event=event, person=person)
    make(event, state="proposed", side="participant", registration=said_by)
    kept = make(event, side="participant", registration=said_by)
    erasure.erase(by=manager, person=person)
    assert list(Commitment.objects.values_list("pk", "registration")) == [
        (kept.pk, None)
    ]


def test_a_proposal_that_was_taken_back_is_gone(event):
    row = make(event, state="proposed")
    Commitment.objects.all().delete()
    with pytest.raises(commitments.Gone):
        commitments.change(by=None, commitment=row, fields={"text_cy": "A"})


def test_a_new_day_reminds_anew(event, manager):
    row = make(event, owner=manager, reminded_at=timezone.now())
    row = commitments.change(by=None, commitment=row, fields={"text_cy": "A"})
    assert row.reminded_at
    row = commitments.change(by=None, commitment=row, fields={"due_on": date.today()})  # noqa: DTZ011
    assert row.reminded_at is None


def test_who_leaves_a_post_leaves_what_they_promised(event, manager):
    person = factories.make_person(sector="local_authority")
    said_by = factories.make_registration(event=event, person=person)
    row = make(event, side="participant", registration=said_by)
    make(event, side="team", registration=said_by, text_en="Asked of us")
    settled(event, side="participant", registration=said_by)
    post = person.affiliations.get()
    affiliations.end(by=None, affiliation=post, on=timezone.localdate())
    found = Succession.objects.get()
    assert (found.what_en, found.url) == (
        "Workshop: Write a guide",
        row.get_absolute_url(),
    )
    commitments.settle(
        by=manager, commitment=row, state="done", outcome_en="", outcome_cy=""
    )
    found.refresh_from_db()
    assert found.settled_at


def test_an_owner_holds_what_they_see_to(event, manager):
    person = factories.make_person(user=manager)
    row = make(event, owner=manager)
    held = [one for held_by in registry.holdings() for one in held_by(person.pk)]
    assert [one.target_id for one in held] == [row.pk]


def test_a_promise_is_in_the_history(event, manager_client):
    person = factories.make_person()
    said_by = factories.make_registration(event=event, person=person)
    make(event, side="participant", registration=said_by, text_en="Read it all")
    make(event, side="team", registration=said_by, text_en="Asked of us")
    page = manager_client.get(f"/en/people/{person.pk}/").content.decode()
    assert "Promised: Read it all" in page
    assert "Asked of us" not in page


def test_costs_the_same_for_many(event, manager_client, django_assert_max_num_queries):
    for _ in range(8):
        said_by = factories.make_registration(event=event)
        Attendance.objects.create(registration=said_by)
        make(event, registration=said_by)
    with django_assert_max_num_queries(8):
        manager_client.get(url(event))
    with django_assert_max_num_queries(7):
        manager_client.get("/en/events/commitments/")
    with django_assert_max_num_queries(8):
        manager_client.get(Commitment.objects.first().get_absolute_url())


def test_the_dashboard_shows_what_is_open(event, manager_client):
    make(event, text_en="Overdue one", due_on=date(2020, 1, 1))
    settled(event, text_en="Long done")
    page = manager_client.get("/en/dashboard/").content.decode()
    assert "Overdue one" in page
    assert "Long done" not in page
