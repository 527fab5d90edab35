from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import signed_in
from tests.factories import (
    make_decision,
    make_group,
    make_meeting,
    make_organisation,
    make_person,
    make_seat,
    make_user,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def get(client, group, lang="en"):
    return client.get(f"/{lang}/groups/{group.slug}/").content.decode()


def test_says_that_it_exists_what_it_does_and_where_from(client, study):
    group = make_group(
        study=study,
        name_en="Index Board",
        name_cy="Bwrdd y Mynegai",
        former_name_en="Old Board",
        former_name_cy="Hen Fwrdd",
        remit_en="Oversees the *Index*.",
        remit_cy="Yn goruchwylio'r *Mynegai*.",
        source="Annex 1 1.13",
    )
    page = get(client, group)
    for text in ("Index Board", "Old Board", "<em>Index</em>", "Annex 1 1.13"):
        assert text in page
    assert study.title_en in page
    page = get(client, group, "cy")
    for text in ("Bwrdd y Mynegai", "Hen Fwrdd", "<em>Mynegai</em>"):
        assert text in page
    assert "Index Board" not in page


def test_says_which_seats_and_sectors_sit_empty(client):
    group = make_group()
    council = make_organisation(name_en="A council", sector="local_authority")
    make_seat(group=group, label_en="Taken", sector="academic", filled_unnamed=True)
    make_seat(group=group, label_en="Free", sector="voluntary")
    make_seat(group=group, label_en="For a body", organisation=council)
    page = get(client, group)
    assert "Empty seats: 2 of 3" in page
    assert "They are for: Local authority, Voluntary sector." in page
    assert page.count(">Empty</span>") == 2
    assert page.count(">Filled</span>") == 1


def test_no_alarm_when_every_seat_is_filled(client):
    group = make_group()
    make_seat(group=group, filled_unnamed=True)
    assert "Empty seats" not in get(client, group)


def test_names_are_for_members_and_staff(
    client, member_client, manager_client, administrator_client, steering_member
):
    group = make_group()
    make_seat(group=group, label_en="Chair", member=make_person(name="Nia Rhys"))
    for outsider in (client, member_client):
        page = get(outsider, group)
        assert "Nia Rhys" not in page
        assert "Chair" in page
        assert "Papers are for members of the group" in page
    make_seat(group=group, member=make_person(user=steering_member))
    for insider in (member_client, manager_client, administrator_client):
        page = get(insider, group)
        assert "Nia Rhys" in page
        assert "Papers are for members of the group" not in page


def test_a_member_of_one_group_learns_no_names_of_another(
    member_client, steering_member
):
    make_seat(group=make_group(), member=make_person(user=steering_member))
    other = make_group()
    make_seat(group=other, member=make_person(name="Nia Rhys"))
    assert "Nia Rhys" not in get(member_client, other)


def test_an_account_that_was_closed_sees_no_names(steering_member):
    group = make_group()
    make_seat(group=group, member=make_person(name="Nia", user=steering_member))
    member = signed_in(steering_member)
    assert "Nia" in get(member, group)
    steering_member.is_active = False
    steering_member.save()
    assert "Nia" not in get(member, group)


def test_meetings_to_come_and_past_with_what_was_decided(client):
    group = make_group()
    make_meeting(group=group, title_en="The next one", days_ahead=9, status="planned")
    make_meeting(group=group, title_en="One far off", days_ahead=90, status="planned")
    old = make_meeting(group=group, title_en="The last", days_ahead=-9, status="held")
    make_meeting(group=group, title_en="The first", days_ahead=-90, status="held")
    make_meeting(group=group, title_en="No day", status="held", starts_at=None)
    make_decision(meeting=old, text_en="We go on.", text_cy="Ymlaen.")
    page = get(client, group)
    order = ["Next meeting", "The next one", "One far off", "so far", "The last"]
    order += ["The first", "No day", "We go on."]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert f"{timezone.now() - timedelta(days=9):%Y-%m-%d}" in page
    assert "Ymlaen." in get(client, group, "cy")


def test_says_plainly_what_is_not_known(client):
    page = get(client, make_group(remit_en="", remit_cy=""))
    assert "No remit is on record." in page
    assert "No seats are on record." in page
    assert "No meeting is on record." in page


def test_synthetic_records_say_so(client):
    group = make_group()
    make_seat(group=group, is_synthetic=True)
    assert "tag-synthetic" in get(client, group)


def test_staff_tools_are_for_staff(client, member_client, manager_client):
    group = make_group(seats=1)
    make_meeting(group=group)
    for tool in ("/fill/", "/paper/", "/decision/", f"manage/{group.slug}/"):
        assert tool not in get(client, group)
        assert tool not in get(member_client, group)
        assert tool in get(manager_client, group)


def test_a_script_is_shown_as_text(manager_client):
    texts = ("name", "former_name", "remit", "membership")
    group = make_group(
        **{f"{t}_{lang}": SCRIPT for t in texts for lang in ("en", "cy")}
    )
    person = make_person(name=SCRIPT)
    make_seat(
        group=group, label_en=SCRIPT, label_cy=SCRIPT, note_en=SCRIPT, member=person
    )
    meeting = make_meeting(group=group, title_en=SCRIPT, title_cy=SCRIPT)
    make_decision(meeting=meeting, text_en=SCRIPT, text_cy=SCRIPT)
    page = get(manager_client, group)
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;") > 5


def test_an_unknown_address_is_not_found(client):
    assert client.get("/en/groups/nowhere/").status_code == 404


def test_is_for_looking_only(client):
    assert client.post(f"/en/groups/{make_group().slug}/").status_code == 405


def test_queries_do_not_grow_with_seats_and_meetings(
    client, django_assert_max_num_queries
):
    group = make_group()
    body = make_organisation()
    for _ in range(6):
        make_seat(group=group, member=make_person(user=make_user()), organisation=body)
        make_meeting(group=group)
        make_meeting(group=group, days_ahead=-3)
    with django_assert_max_num_queries(11):
        get(client, group)
