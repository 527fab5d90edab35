"""Actions: owed, reminded of, settled, and handed on when a term ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.core.states import MoveNotAllowed
from engagement.groups.models import Action, Membership
from engagement.groups.services import actions, chasing
from engagement.mail.models import Message
from engagement.people.models import Succession
from tests.factories import make_group, make_meeting, make_person, make_seat

pytestmark = pytest.mark.django_db
LIST = "/en/groups/actions/"
OUTCOME = {"outcome_en": "", "outcome_cy": ""}


@pytest.fixture
def owner():
    seat = make_seat(group=make_group(), member=make_person(language="cy"))
    Membership.objects.update(started_on="2020-01-01")
    return seat.memberships.get()


@pytest.fixture
def action(owner):
    """Due today."""
    return owe(owner)


def owe(member, days=0, **fields):
    due = timezone.localdate() + timedelta(days=days)
    words = {"text_en": "Ask Powys", "text_cy": "Holi Powys"}
    meeting = make_meeting(group=member.seat.group, days_ahead=-9)
    defaults = {"owner": member, "due_on": due} | words
    return actions.add(by=None, meeting=meeting, **defaults | fields)


def test_is_taken_down_and_changed(manager_client, owner):
    meeting = make_meeting(group=owner.seat.group)
    fields = {"text_en": "A", "text_cy": "B", "owner": owner.pk, "due_on": "2030-01-31"}
    url = f"/en/groups/meetings/{meeting.pk}/action/"
    assert manager_client.post(url, fields | {"text_cy": ""}).status_code == 422
    assert manager_client.post(url, fields).status_code == 302
    action = Action.objects.get()
    assert (action.owner, action.group) == (owner, owner.seat.group)
    manager_client.post(f"{LIST}{action.pk}/", fields | {"text_en": "C"})
    action.refresh_from_db()
    assert action.text_en == "C"


def test_nobody_outside_the_group_owes_it(action):
    other = make_seat(group=make_group(), member=make_person()).memberships.get()
    with pytest.raises(actions.NotInTheGroup):
        actions.change(by=None, action=action, fields={"owner": other})


def test_states_move_as_the_table_says(manager_client, action):
    url = f"{LIST}{action.pk}/settle/"
    dropped = {"state": "dropped"} | OUTCOME
    assert manager_client.post(url, dropped).status_code == 422
    half = dropped | {"outcome_en": "No money"}
    assert manager_client.post(url, half).status_code == 422
    whole = half | {"outcome_cy": "Dim arian"}
    assert manager_client.post(url, whole).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.outcome_cy) == ("dropped", "Dim arian")
    with pytest.raises(MoveNotAllowed):
        actions.settle(by=None, action=action, state="done", **OUTCOME)
    manager_client.post(f"{LIST}{action.pk}/reopen/")
    action.refresh_from_db()
    assert (action.state, action.settled_at) == ("open", None)


def test_the_owner_is_reminded_on_the_day_and_weekly_until_it_is_settled(
    action, deliver_mail
):
    start = timezone.now()
    owe(action.owner, days=30)
    reminded = []
    for day in range(-1, 17):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            reminded += [day] * chasing.remind_due(by=None)
            if day == 14:
                actions.settle(by=None, action=action, state="done", **OUTCOME)
    assert reminded == [0, 7, 14]
    assert len(deliver_mail()) == 3
    mail = Message.objects.first()
    assert mail.to == action.owner.person.email
    assert mail.text.index("Holi Powys") < mail.text.index("Ask Powys")


def test_more_time_means_a_new_reminder(action):
    assert chasing.remind_due(by=None) == 1
    later = timezone.localdate() + timedelta(days=1)
    actions.change(by=None, action=action, fields={"due_on": later})
    assert chasing.remind_due(by=None) == 0
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert chasing.remind_due(by=None) == 1


def test_says_done_by_the_link_and_by_post_alone(client, action):
    url = f"/cy/groups/owed/{chasing.token(action)}/"
    for _ in range(2):
        assert "Holi Powys" in client.get(url).content.decode()
    assert Action.objects.get().state == "open"
    assert client.post(url, {"words": "Wedi gofyn"}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.outcome_cy) == ("done", "Wedi gofyn")
    assert client.post(url, {"words": "Eto"}).status_code == 422
    action.refresh_from_db()
    assert action.outcome_cy == "Wedi gofyn"


def test_the_link_ends_with_the_owner(client, action):
    url = f"/en/groups/owed/{chasing.token(action)}/"
    seat = make_seat(group=action.group, member=make_person())
    fields = {"owner": seat.memberships.get()}
    actions.change(by=None, action=action, fields=fields)
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    assert client.get("/en/groups/owed/nonsense/").status_code == 404
    assert Action.objects.get().state == "open"


def test_when_a_term_ends_somebody_else_is_looked_for(action):
    assert chasing.find_successors(by=None) == 0
    Membership.objects.update(ended_on=timezone.localdate())
    assert chasing.remind_due(by=None) == 0
    assert chasing.find_successors(by=None) == 1
    assert chasing.find_successors(by=None) == 0
    row = Succession.objects.get()
    assert (row.target_kind, row.target_id) == (actions.HELD, action.pk)
    assert "Holi Powys" in row.what_cy
    seat = make_seat(group=action.group, member=make_person())
    fields = {"owner": seat.memberships.get()}
    actions.change(by=None, action=action, fields=fields)
    row.refresh_from_db()
    assert row.settled_at


def test_is_listed_over_all_groups(
    manager_client, owner, django_assert_max_num_queries
):
    late, soon = owe(owner, days=-3), owe(owner, days=3)
    nobodys = owe(owner, owner=None, due_on=None)
    done = owe(owner)
    actions.settle(by=None, action=done, state="done", **OUTCOME)

    def listed(**asked):
        answer = manager_client.get(LIST, asked)
        return [row.pk for row in answer.context["page"]]

    with django_assert_max_num_queries(8):
        assert listed() == [late.pk, soon.pk, nobodys.pk, done.pk]
    assert listed(which="overdue") == [late.pk]
    assert listed(which="ownerless") == [nobodys.pk]
    assert listed(which="done", group=owner.seat.group.slug) == [done.pk]
    assert listed(group=make_group().slug) == []
    assert manager_client.get(LIST, {"which": "x"}).status_code == 422


def test_what_is_overdue_is_on_the_dashboard(manager_client, owner):
    owe(owner, days=3, text_en="Not yet late")
    owe(owner, days=-3, text_en="Long late")
    page = manager_client.get("/en/dashboard/").content.decode()
    assert "Long late" in page
    assert "Not yet late" not in page
