"""Decisions: numbered, searched, hidden from the public, replaced."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from engagement.groups.models import Decision
from engagement.groups.services import meetings
from tests.factories import (
    make_decision,
    make_group,
    make_meeting,
    make_person,
    make_seat,
)

pytestmark = pytest.mark.django_db
SEARCH = "/en/groups/decisions/"


@pytest.fixture
def group():
    return make_group()


def on(group, year):
    return make_meeting(group=group, starts_at=datetime(year, 5, 3, 10, tzinfo=UTC))


def decided(group, year=2011, **fields):
    meeting = on(group, year)
    return make_decision(meeting=meeting, **fields)


def found(client, **asked):
    answer = client.get(SEARCH, asked)
    assert answer.status_code == 200
    return {row.pk for row in answer.context["page"]}


def test_numbers_run_on_within_a_group_and_year(group):
    numbers = [decided(group, year).reference for year in (2011, 2011, 2012, 2011)]
    assert numbers == ["SG-2011-01", "SG-2011-02", "SG-2012-01", "SG-2011-03"]
    assert decided(make_group(kind="advisory")).reference == "AG-2011-01"


def test_a_refused_decision_leaves_no_gap(group):
    meeting = decided(group).meeting
    with pytest.raises(IntegrityError), transaction.atomic():
        meetings.decide(by=None, meeting=meeting, text_en="A", text_cy="")
    after = meetings.decide(by=None, meeting=meeting, text_en="A", text_cy="B")
    assert after.reference == "SG-2011-02"


def test_is_found_by_words_group_year_and_number(client, group):
    one = decided(group, text_en="Hold a briefing", text_cy="Cynnal sesiwn friffio")
    two = decided(group, 2012, text_en="Publish", text_cy="Cyhoeddi")
    three = decided(make_group(kind="advisory"), text_en="Publish data")
    assert found(client, words="friffio  SESIWN") == {one.pk}
    assert found(client, words="publish") == {two.pk, three.pk}
    assert found(client, words="publish", group=group.slug) == {two.pk}
    assert found(client, year="2011") == {one.pk, three.pk}
    assert found(client, words="sg-2011-01") == {one.pk}
    assert found(client, words="AG-2011-1") == {three.pk}
    assert found(client) == {one.pk, two.pk, three.pk}
    assert (
        "No decision is on record here."
        in client.get(SEARCH, {"words": "nothing"}).content.decode()
    )


@pytest.mark.parametrize(
    "asked", [{"year": "soon"}, {"group": "none"}, {"words": "A" * 201}]
)
def test_a_bad_search_says_so(client, asked):
    answer = client.get(SEARCH, asked)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_what_is_hidden_is_for_members_and_staff(
    client, member_client, manager_client, steering_member, group
):
    shown, hidden = decided(group), decided(group, text_en="Secret")
    url = f"/en/groups/decisions/{hidden.pk}/redact/"
    assert client.post(url, {"redacted": "yes"}).status_code == 302
    assert not Decision.objects.filter(redacted=True).exists()
    manager_client.post(url, {"redacted": "yes"})
    assert found(client) == found(member_client) == {shown.pk}
    assert "Secret" not in client.get(f"/en/groups/{group.slug}/").content.decode()
    make_seat(group=group, member=make_person(user=steering_member), since=9999)
    assert found(member_client) == found(manager_client) == {shown.pk, hidden.pk}
    manager_client.post(url, {"redacted": "no"})
    assert found(client) == {shown.pk, hidden.pk}


def test_a_later_one_takes_its_place_once(client, manager_client, group):
    old = decided(group)
    meeting = on(group, 2012)
    url = f"/en/groups/meetings/{meeting.pk}/decision/"
    fields = {"text_en": "Not so", "text_cy": "Nid felly", "replaces": old.pk}
    assert manager_client.post(url, fields).status_code == 302
    old.refresh_from_db()
    assert old.replaced_by.reference == "SG-2012-01"
    assert "Replaced by SG-2012-01" in client.get(SEARCH).content.decode()
    assert manager_client.post(url, fields).status_code == 422
    with pytest.raises(meetings.Replaced):
        meetings.decide(
            by=None, meeting=meeting, text_en="A", text_cy="B", replaces=old
        )
    assert Decision.objects.count() == 2


def test_few_queries(client, group, django_assert_max_num_queries):
    for _ in range(12):
        decided(group)
    with django_assert_max_num_queries(6):
        client.get(SEARCH)
