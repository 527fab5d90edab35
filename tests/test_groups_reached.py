"""What a study reached since its group last met: the sections of every app."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from engagement.events.models import Attendance, Commitment
from engagement.groups import since
from engagement.studies.models import Target
from newsletters.models import Delivery
from tests.factories import (
    count_hits,
    make_event,
    make_group,
    make_hit,
    make_issue,
    make_meeting,
    make_organisation,
    make_output,
    make_person,
    make_registration,
    make_seat,
    make_study,
    make_use,
    send_out,
)

pytestmark = pytest.mark.django_db
LIMIT = 23


@pytest.fixture
def group():
    return make_group(study=make_study())


def parts(group):
    return {part.key: part for part in since.reached(group).sections}


def figures(part):
    return {figure.key: figure for figure in part.figures}


def come(event, sector, number, organisation=None):
    for _one in range(number):
        person = make_person(sector=sector, organisation=organisation)
        row = make_registration(event=event, person=person, sector=sector)
        Attendance.objects.create(registration=row)


def hit(kind, target, study, *, days_ago, **fields):
    at = timezone.now() - timedelta(days=days_ago)
    make_hit(kind, target, study, at=at, **fields)


def test_counts_from_the_last_meeting_that_was_held(group):
    make_meeting(group=group, days_ahead=-200, status="held")
    last = make_meeting(group=group, days_ahead=-40, status="held")
    make_meeting(group=group, days_ahead=-5, status="cancelled")
    make_meeting(group=make_group(), days_ahead=-2, status="held")
    found = since.reached(group)
    assert found.since == last.event.starts_at
    assert found.met
    # What belongs to that meeting is not counted against itself.
    found = since.reached(group, before=last)
    assert found.until == last.event.starts_at
    assert (found.until - found.since).days == 160


def test_a_group_that_has_not_met_looks_back_ninety_days(group):
    found = since.reached(group)
    assert not found.met
    assert found.until - found.since == timedelta(days=90)


def test_says_what_each_app_knows_of_that_time_and_no_other(group):
    study = group.study
    make_meeting(group=group, days_ahead=-30, status="held")
    for days, client in ((2, "a"), (3, "b"), (60, "c")):
        hit("article", 1, study, days_ago=days, client=client)
    for number in range(6):
        hit("article", 1, study, days_ago=1, client=f"p{number}", hit_class="proxy")
    count_hits()
    make_output(study=study, published=True, with_file=True, title_en="Unread")
    come(make_event(study=study, days_ahead=-3, status="held"), "academic", 7)
    come(make_event(study=study, days_ahead=-50, status="held"), "voluntary", 9)
    found = parts(group)
    readers = figures(found["newsletters"])["readers"]
    assert readers.value == "at most 8"
    came = figures(found["events"])["attendance"]
    assert came.value == "7"
    assert [str(bar.label) for bar in came.chart.bars] == ["Academic"]
    assert found["outputs"].gaps == ["Nobody downloaded: Unread."]
    assert found["newsletters"].gaps == ["No issue of a newsletter was sent."]
    assert found["evidence"].gaps == ["No new evidence of use was recorded."]


def test_small_sectors_are_hidden(group):
    event = make_event(study=group.study, days_ahead=-3, status="held")
    for sector, number in (("academic", 9), ("voluntary", 8), ("private", 2)):
        come(event, sector, number)
    came = figures(parts(group)["events"])["attendance"]
    shown = {str(bar.label): bar.value for bar in came.chart.bars}
    # The one that is small, and the next one, which would give it away.
    assert shown == {"Academic": 9, "Voluntary sector": None, "Private sector": None}
    assert since.reached(group).hides


def test_meetings_of_the_group_are_no_reach(group):
    meeting = make_meeting(group=group, days_ahead=-3, status="held")
    come(meeting.event, "academic", 6)
    before = make_meeting(group=group, days_ahead=-30, status="held")
    meeting.event.status = "planned"
    meeting.event.save()
    assert since.reached(group).since == before.event.starts_at
    assert "No event with registered people was held." in parts(group)["events"].gaps


def test_deliveries_have_the_base_of_what_was_settled(group):
    issue = make_issue()
    study = issue.newsletter.study
    send_out(issue)
    now = timezone.now()
    for number, (state, days) in enumerate(
        [("accepted", 1), ("accepted", 2), ("rejected", 2), ("accepted", 200)]
    ):
        Delivery.objects.create(
            issue=issue,
            person=make_person(),
            address=f"{number}@example.org",
            language="en",
            token=f"{number}",
            state=state,
            due_at=now,
            settled_at=now - timedelta(days=days),
        )
    sent = figures(parts(make_group(study=study))["newsletters"])["deliveries"]
    assert sent.value == "2"
    assert "66.7% of a base of 3." in sent.base


def test_new_evidence_is_what_was_put_on_record(group):
    now = timezone.now()
    for at in (now, now - timedelta(days=4000)):
        make_use(group.study, recorded_at=at)
    new = figures(parts(group)["evidence"])["new-evidence"]
    assert new.value == "1"
    assert "of a base of 2." in new.base


def test_open_commitments_and_those_past_their_day(group):
    event = make_event(study=group.study, days_ahead=-3)
    today = timezone.localdate()
    for days in (-1, 5):
        Commitment.objects.create(
            event=event, side="team", text_en="We will.", due_on=today + timedelta(days)
        )
    part = parts(group)["commitments"]
    assert part.gaps == ["Commitments past their day: 1."]
    assert figures(part)["open-commitments"].value == "2"


def test_names_the_sectors_that_were_not_reached(group):
    study = group.study
    for sector, bodies in (("local_authority", 22), ("voluntary", None)):
        Target.objects.create(
            study=study,
            label_en=f"All {sector}",
            label_cy=f"Pob {sector}",
            sector=sector,
            bodies=bodies,
        )
    event = make_event(study=study, days_ahead=-3, status="held")
    council = make_organisation(sector="local_authority")
    come(event, "local_authority", 3, organisation=council)
    come(event, "local_authority", 1, make_organisation(sector="local_authority"))
    part = parts(group)["reach"]
    assert [figure.value for figure in part.figures] == ["2", "0"]
    assert part.gaps == [
        "All local_authority: 20 of 22 not reached.",
        "Nobody was reached: All voluntary.",
    ]
    with translation.override("cy"):
        assert "Ni chyrhaeddwyd neb: Pob voluntary." in parts(group)["reach"].gaps


def test_a_function_that_is_meant_is_asked_for(group):
    target = {"study": group.study, "label_en": "T", "label_cy": "T"}
    Target.objects.create(sector="academic", function="policy", **target)
    event = make_event(study=group.study, days_ahead=-3, status="held")
    body = make_organisation(sector="academic")
    person = make_person(function="research", organisation=body)
    row = make_registration(event=event, person=person, sector="academic")
    Attendance.objects.create(registration=row)
    assert parts(group)["reach"].figures[0].value == "0"
    person.affiliations.update(function="policy")
    assert parts(group)["reach"].figures[0].value == "1"


# The page


def test_is_for_members_and_staff(
    client, member_client, manager_client, steering_member, group
):
    url = f"/en/groups/{group.slug}/reached/"
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 403
    assert manager_client.get(url).status_code == 200
    make_seat(group=group, member=make_person(user=steering_member))
    page = member_client.get(url).content.decode()
    assert "Whom the study means to reach is not on record." in page
    assert "no earlier meeting of the group is on record" in page
    page = member_client.get(f"/cy/groups/{group.slug}/reached/").content.decode()
    assert "ers i ni gwrdd ddiwethaf" in page
    assert url in member_client.get(f"/en/groups/{group.slug}/").content.decode()


def test_a_group_without_a_study_says_so(manager_client):
    page = manager_client.get(f"/en/groups/{make_group().slug}/reached/")
    assert "belongs to no study" in page.content.decode()


def test_queries_do_not_grow(manager_client, group, django_assert_max_num_queries):
    study = group.study
    for number in range(4):
        event = make_event(study=study, days_ahead=-number - 1, status="held")
        come(event, "academic", 3, make_organisation(sector="academic"))
        make_output(study=study, published=True, with_file=True)
        Target.objects.create(
            study=study, label_en="T", label_cy="T", sector="academic"
        )
    with django_assert_max_num_queries(LIMIT):
        manager_client.get(f"/en/groups/{group.slug}/reached/")
