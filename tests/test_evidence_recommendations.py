"""Recommendations are given to somebody, moved, and reminded of."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core.states import MoveNotAllowed
from engagement.evidence.models import Recommendation
from engagement.evidence.services import recommendations
from tests.factories import make_recommendation, make_user

pytestmark = pytest.mark.django_db
MANAGE = "/en/evidence/recommendations/manage/"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def shown(client, address, status=200, data=None):
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_public_sees_the_state_and_nobodys_name(client, study, manager):
    row = make_recommendation(study, owner=manager, state="under_way")
    row.notes.create(on=date(2026, 1, 1), text="Waiting for money.")
    html = shown(client, "/en/evidence/recommendations/")
    assert "Under way" in html
    assert row.text_en in html
    for hidden in (manager.name, "Waiting for money."):
        assert hidden not in html


def test_nothing_yet_is_said(client):
    html = shown(client, "/en/evidence/recommendations/")
    assert "Nothing has been recommended yet." in html


def test_a_made_up_state_says_so_until_it_is_moved(client, study, manager):
    row = make_recommendation(study, state_is_synthetic=True)
    assert "Synthetic" in shown(client, "/en/evidence/recommendations/")
    recommendations.move(
        by=manager, recommendation=row, state="accepted", text="", on=NOW.date()
    )
    assert "Synthetic" not in shown(client, "/en/evidence/recommendations/")


def test_staff_give_it_to_somebody_and_say_how_it_stands(
    manager_client, manager, study
):
    row = make_recommendation(study)
    address = row.get_absolute_url()
    data = {"owner": manager.pk, "due_on": "2026-05-01"}
    shown(manager_client, address, 302, data)
    note = {"state": "accepted", "on": "2026-04-01", "text": "The board agreed."}
    shown(manager_client, f"{address}note/", 302, note)
    page = shown(manager_client, address)
    for said in (manager.name, "1 May 2026", "The board agreed.", "Accepted"):
        assert said in page
    shown(manager_client, f"{address}note/", 302, {"on": "2026-04-02", "text": "Wait."})
    assert Recommendation.objects.get().state == "accepted"
    assert row.notes.count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"on": "2026-04-01"}, "Write a note, or choose a state."),
        ({"on": "", "text": "A"}, "Enter a date."),
        ({"on": "2026-04-01", "state": "declined"}, "Say why it is declined."),
        ({"on": "2026-04-01", "state": "done"}, "There is a problem"),
    ],
)
def test_a_note_that_makes_no_sense_is_told(manager_client, study, data, said):
    row = make_recommendation(study)
    address = f"{row.get_absolute_url()}note/"
    assert said in shown(manager_client, address, 422, data)
    assert Recommendation.objects.get().state == "open"


def test_an_owner_in_one_language_is_refused(manager_client, study):
    row = make_recommendation(study)
    page = shown(
        manager_client, row.get_absolute_url(), 422, {"owner_words_en": "The board"}
    )
    assert "Write this in English and in Welsh, or in neither." in page


def test_only_the_moves_of_the_table(study):
    row = make_recommendation(study)
    today = date(2026, 1, 1)
    for before, afters in Recommendation.MOVES.items():
        for after in Recommendation.State.values:
            Recommendation.objects.update(state=before)
            asked = {"state": after, "text": "Because", "on": today}
            if after in afters:
                recommendations.move(by=None, recommendation=row, **asked)
            else:
                with pytest.raises(MoveNotAllowed):
                    recommendations.move(by=None, recommendation=row, **asked)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(Recommendation.State.values), max_size=8))
def test_from_any_state_something_can_still_be_done(states):
    """No state is a dead end, along whatever way it was come to."""
    state = "open"
    for wanted in states:
        if wanted in Recommendation.MOVES[state]:
            state = wanted
    assert Recommendation.MOVES[state]


def test_the_list_is_chosen_from(manager_client, study):
    owner = make_user()
    late = {"text_en": "Late.", "due_on": date(2020, 1, 1), "state": "under_way"}
    make_recommendation(study, owner=owner, **late)
    make_recommendation(study, text_en="Done.", state="done", due_on=date(2020, 1, 1))
    make_recommendation(study, text_en="Nobodys.")
    for query, wanted in (
        ("which=overdue", ["Late."]),
        ("which=ownerless", ["Nobodys."]),
        ("which=done", ["Done."]),
        (f"owner={owner.pk}", ["Late."]),
    ):
        page = shown(manager_client, f"{MANAGE}?{query}").split("<main")[1]
        texts = ("Late.", "Done.", "Nobodys.")
        assert [text for text in texts if f">{text}<" in page] == wanted


def test_an_owner_is_reminded_on_the_day_and_each_week(study, deliver_mail):
    owner = make_user(email="owner@example.org")
    row = make_recommendation(study, owner=owner, due_on=NOW.date())
    make_recommendation(study, owner=owner, due_on=NOW.date(), state="done")
    make_recommendation(study, owner=owner, due_on=NOW.date() + timedelta(days=1))
    make_recommendation(study, due_on=NOW.date())
    with time_machine.travel(NOW, tick=False) as clock:
        assert recommendations.remind_due(by=None) == 1
        assert recommendations.remind_due(by=None) == 0
        [mail] = deliver_mail()
        assert mail["To"] == "owner@example.org"
        text = mail.get_body().get_content()
        assert row.text_en in text
        assert row.text_cy in text
        clock.shift(timedelta(days=6))
        Recommendation.objects.exclude(pk=row.pk).update(due_on=None)
        assert recommendations.remind_due(by=None) == 0
        clock.shift(timedelta(days=1))
        assert recommendations.remind_due(by=None) == 1


def test_somebody_else_is_reminded_anew(study):
    first, second = make_user(), make_user()
    row = make_recommendation(study, owner=first, due_on=NOW.date())
    with time_machine.travel(NOW, tick=False):
        assert recommendations.remind_due(by=None) == 1
        recommendations.assign(by=None, recommendation=row, fields={"owner": second})
        assert recommendations.remind_due(by=None) == 1


def test_costs_few_queries(
    manager_client, client, study, django_assert_max_num_queries
):
    for _ in range(6):
        row = make_recommendation(study, owner=make_user())
    with django_assert_max_num_queries(7):
        shown(manager_client, MANAGE)
    with django_assert_max_num_queries(3):
        shown(client, "/en/evidence/recommendations/")
    with django_assert_max_num_queries(6):
        shown(manager_client, row.get_absolute_url())
