"""A member reads in their own groups and term, and nowhere else: page by page."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from engagement.events.services import invitations
from engagement.groups import mine
from engagement.groups.models import Action, Group, Meeting, Paper
from engagement.groups.rules import readable
from tests import factories
from tests.conftest import signed_in
from tests.support import addresses

pytestmark = pytest.mark.django_db
SIGN_IN = "sign in"
DAY = timedelta(days=1)
READERS = ["nobody", "other", "former", "future", "sitting", "deputy", "manager"]
# What each of the READERS is given, in their order.
PUBLIC = [200] * 7
SIGNED_IN = [SIGN_IN, *[200] * 6]
STAFF = [SIGN_IN, *[403] * 5, 200]
STAFF_NO_GET = [SIGN_IN, *[403] * 5, 405]
STAFF_POST = [SIGN_IN, *[403] * 5, 302]
TERM = [SIGN_IN, 403, 403, 403, 200, 200, 200]
# Of one person: whoever else may read the group's papers has nothing there.
GROUP_POST = [SIGN_IN, 404, 404, 404, 302, 302, 404]
SITTING_POST = [SIGN_IN, 404, 404, 404, 302, 404, 404]
# Those of the group, its meetings and its study that its members read, ...
READ = (
    *("meeting", "pack", "pack_file", "reached", "review", "reviews"),
    *("interests", "representation", "sat"),
)
# ... those that only managers open, ...
MANAGED = (
    *("create", "seats", "add_seat", "edit_seat", "close_seat", "term", "notices"),
    *("edit_meeting", "cancel_meeting", "add_item", "edit_item", "write_minutes"),
    *("approve_minutes", "note_minutes", "actions", "action", "add_action"),
    *("open_review", "note_review", "settle_notice"),
)
# ... and what they do with a button.
DONE = (
    *(
        "declare_interest",
        "move_seat",
        "take_back",
        "end_interest",
        "send_papers",
        "move_item",
    ),
    *("remove_item", "send_minutes", "take_minutes_back", "redact_decision"),
    *("settle_action", "reopen_action", "make_pack", "finish_review"),
)
# Each page of groups: how it is asked for, what is sent, what each reader is given.
TABLE = {
    "groups:list": ("get", {}, PUBLIC),
    "groups:detail": ("get", {}, PUBLIC),
    "groups:public_minutes": ("get", {}, PUBLIC),
    "groups:home": ("get", {}, SIGNED_IN),
    "groups:answer": ("post", {"answer": "no"}, SITTING_POST),
    "groups:done": ("post", {"outcome": ""}, SITTING_POST),
    "groups:name": ("post", {"named": "no"}, GROUP_POST),
    "groups:paper": ("get", {}, TERM),
    "groups:manage": ("get", {}, STAFF),
    "groups:edit": ("get", {}, STAFF),
    "groups:plan_meeting": ("get", {}, STAFF),
    "groups:add_paper": ("get", {}, STAFF),
    "groups:decide": ("get", {}, STAFF),
    "groups:fill": ("get", {}, STAFF),
    "groups:vacate": ("post", {}, STAFF_POST),
    "groups:decisions": ("get", {}, PUBLIC),
    "groups:action_done": ("get", {}, PUBLIC),
    **dict.fromkeys(
        [f"groups:{page}" for page in READ],
        ("get", {}, TERM),
    ),
    **dict.fromkeys(
        [f"groups:{page}" for page in MANAGED],
        ("get", {}, STAFF),
    ),
    **dict.fromkeys(
        [f"groups:{page}" for page in DONE],
        ("get", {}, STAFF_NO_GET),
    ),
}


def pages():
    return {
        name: names
        for name, _view, names in addresses.views()
        if name.startswith("groups:")
    }


def seated(group, begins, ends=None, **fields):
    """The user, from `begins` to `ends` days from now."""
    user = factories.make_user("steering_member")
    seat = fields.pop("seat", None) or factories.make_seat(group=group)
    today = timezone.localdate()
    seat.memberships.create(
        person=factories.make_person(user=user, sector="academic"),
        started_on=today + begins * DAY,
        ended_on=None if ends is None else today + ends * DAY,
        **fields,
    )
    return user


def users(group):
    sitting = seated(group, -100)
    seat = group.seats.get(memberships__person__user=sitting)
    return {
        "nobody": None,
        "other": seated(factories.make_group(), -100),
        "former": seated(group, -100, 0),
        "future": seated(group, 1),
        "sitting": sitting,
        "deputy": seated(group, -100, role="deputy", seat=seat),
        "manager": factories.make_user("manager"),
    }


def given(user, method, address, data):
    client = Client() if user is None else signed_in(user)
    answer = getattr(client, method)(address, data)
    if answer.status_code == 302 and "/account/sign-in/" in answer.url:
        return SIGN_IN
    return answer.status_code


def test_each_page_of_groups_has_a_line():
    assert set(pages()) == set(TABLE), "Decide who may, and add a line to TABLE."


@pytest.mark.slow
def test_each_page_of_groups_by_each_reader(caplog, settings, tmp_path):
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.MAIL_CATCHER_DIR = str(tmp_path)
    call_command("load_demo", verbosity=0)
    addresses.make_missing(tmp_path)
    group = Group.objects.get(slug="lti-steering")
    readers = users(group)
    own_an_action_and_an_invitation(readers["sitting"])
    known, wrong = addresses.examples(), []
    assert Paper.objects.get(pk=known["groups:paper"][0]).meeting.group == group
    for name, (method, data, expected) in TABLE.items():
        address = addresses.address(name, pages()[name], known)
        for who, code in zip(READERS, expected, strict=True):
            if (found := given(readers[who], method, address, data)) != code:
                wrong.append(f"{name} as {who}: {found} in place of {code}")
    assert wrong == [], "\n".join(wrong)


def own_an_action_and_an_invitation(user):
    membership = user.person.memberships.get()
    Action.objects.update(owner=membership)
    event = Paper.objects.first().meeting.event
    event.status = "published"
    event.save()
    invitations.invite(by=None, event=event, people=[membership.person_id])


@pytest.fixture
def group():
    return factories.make_group(study=factories.make_study())


def paper_of(group, days_ahead, **fields):
    meeting = factories.make_meeting(
        group=group, days_ahead=days_ahead, status="held", **fields
    )
    return factories.make_paper(meeting=meeting, title_en=f"Secret {days_ahead}")


def codes(user, papers):
    client = signed_in(user)
    return [client.get(f"/en/groups/papers/{p.pk}/").status_code for p in papers]


@pytest.mark.slow
def test_access_begins_and_ends_on_the_day(group, time_machine):
    time_machine.move_to("2026-06-01T09:00:00+00:00", tick=False)
    user = seated(group, 10, 20)
    paper = paper_of(group, 15)
    found = {}
    for day in (8, 9, 10, 11, 19, 20, 21):
        # A minute after midnight in Wales, where the day has begun before UTC's.
        time_machine.move_to(f"2026-06-{day:02}T23:01:00+00:00", tick=False)
        page = signed_in(user).get(f"/en/groups/{group.slug}/").content.decode()
        home = signed_in(user).get("/en/groups/home/").content.decode()
        seen = {codes(user, [paper]) == [200], "Secret" in page, group.name_en in home}
        assert len(seen) == 1, day
        found[day + 1] = seen.pop()
    # 11 June is the first day of the term, 21 June the first day after it.
    assert [day for day, may in found.items() if may] == [11, 12, 20]


def test_papers_are_those_of_the_term(group):
    user = seated(group, -30)
    before, first, within, ahead = (paper_of(group, d) for d in (-31, -30, -9, 9))
    undated = paper_of(group, 0, starts_at=None)
    roughly = paper_of(
        group, 1, starts_at=None, starts_on=timezone.localdate() - 40 * DAY
    )
    papers = [before, first, within, ahead, undated, roughly]
    assert codes(user, papers) == [403, 200, 200, 200, 200, 403]
    page = signed_in(user).get(f"/en/groups/{group.slug}/").content.decode()
    assert [p.title_en in page for p in papers] == [False, *[True] * 4, False]
    assert {p.meeting_id for p in papers[1:5]} == set(
        readable(user).values_list("pk", flat=True)
    )
    unread = [p for p in papers if p not in mine.unread(user)]
    assert set(unread) == {before, within, first, ahead, undated, roughly}


def test_an_earlier_term_is_theirs_too_and_the_gap_is_not(group):
    user = seated(group, -100, -60)
    seat = group.seats.get()
    papers = [paper_of(group, days) for days in (-80, -40, -10)]
    assert codes(user, papers) == [403, 403, 403]
    seat.memberships.create(
        person=user.person, started_on=timezone.localdate() - 20 * DAY
    )
    assert codes(user, papers) == [200, 403, 200]


@pytest.mark.parametrize("role", ["chair", "secretary", "member", "observer", "deputy"])
def test_every_role_may_read(group, role):
    assert codes(seated(group, 0, role=role), [paper_of(group, 5)]) == [200]


def test_nothing_of_a_paper_is_on_any_other_page(group, member_client):
    paper = paper_of(group, 5)
    factories.make_decision(meeting=paper.meeting, text_en="Hush", redacted=True)
    event, study = paper.meeting.event, group.study
    asked = [
        event.get_absolute_url(),
        study.get_absolute_url(),
        f"/en/groups/{group.slug}/",
        "/en/",
        "/en/groups/",
        "/en/groups/home/",
        "/en/outputs/?words=Secret",
        "/en/events/?words=Secret",
        "/en/events.atom",
        "/en/events.ics",
        f"/en/events/{event.slug}.ics",
    ]
    for client in (Client(), member_client):
        for address in asked:
            text = client.get(address, follow=True).content.decode()
            assert paper.title_en not in text, address
            assert "Hush" not in text, address
            assert paper.file.name not in text, address


def test_files_are_given_by_the_view_alone(group):
    paper, user = paper_of(group, 5), seated(group, 0)
    for prefix in ("/media/", "/static/", "/"):
        assert signed_in(user).get(prefix + paper.file.name).status_code == 404


def test_an_account_that_was_closed_reads_nothing(group):
    user = seated(group, -1)
    paper_of(group, 5)
    assert readable(user).count() == 1
    user.is_active = False
    user.save()
    assert not readable(user).exists()


def test_a_manager_reads_all(group):
    papers = [paper_of(group, days) for days in (-400, 5)]
    manager = factories.make_user("manager")
    assert codes(manager, papers) == [200, 200]
    assert readable(manager).count() == Meeting.objects.count() == 2
