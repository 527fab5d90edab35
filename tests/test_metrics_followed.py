"""Links followed in mails: counted by days, and the same as the raw hits say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from engagement.metrics import of_hits
from engagement.metrics.models import Agent, DayFollowed, Hit
from engagement.metrics.services import readership, recount
from tests.factories import count_hits, make_hit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def follow(study, letter, *, days=0, **fields):
    """A link of that mail, so many days after the first."""
    given = {"kind": "link", "target": 1, "at": NOON + days * DAY, "letter": letter}
    return make_hit(study=study, **given | fields)


def followed(study, during=None):
    found = of_hits.followed(study.pk, during)
    return found.value, found.at_most


def test_a_mail_counts_once_a_day_whatever_is_followed_in_it(study):
    follow(study, 1)
    follow(study, 1, target=2)
    follow(study, 2)
    follow(study, 1, days=1)
    count_hits()
    assert followed(study) == (3, 3)


def test_machines_do_not_follow_and_who_may_be_a_person_widens_the_range(study):
    for letter, hit_class in enumerate(["person", "proxy", "suspect", "machine"]):
        follow(study, letter, hit_class=hit_class)
    count_hits()
    assert followed(study) == (1, 3)


def test_what_is_opened_read_or_of_another_study_is_no_link_followed(study):
    follow(study, 1, kind=Hit.PIXEL)
    follow(study, None, kind="article")
    follow(None, 2)
    count_hits()
    assert followed(study) == (0, 0)


def test_of_a_time_whole_days_are_taken(study):
    for days in range(3):
        follow(study, 1, days=days)
    count_hits()
    assert followed(study, (NOON + DAY, NOON + DAY + timedelta(hours=1))) == (1, 1)
    assert followed(study, (NOON, NOON + 2 * DAY)) == (3, 3)


def test_counting_again_replaces(study):
    hit = follow(study, 1)
    count_hits()
    count_hits()
    assert followed(study) == (1, 1)
    hit.delete()
    recount.recount_day(NOON.date())
    assert not DayFollowed.objects.exists()


def test_it_is_one_question(study, django_assert_num_queries):
    with django_assert_num_queries(1):
        readership.followed(study_id=study.pk)


HITS = st.lists(
    st.tuples(
        st.sampled_from([0, 10, 11, 34, 35]),
        st.sampled_from([5, 6, 7]),
        st.sampled_from([1, 2]),
        st.sampled_from(["person", "suspect", "machine"]),
    ),
    max_size=20,
)


@pytest.mark.slow
@profile(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(HITS)
def test_days_add_up_to_what_the_raw_hits_say(made):
    """(hours after 13.00 in Wales, mail, study, class)."""
    Hit.objects.all().delete()
    DayFollowed.objects.all().delete()
    agent = Agent.objects.get_or_create(text="Firefox")[0]
    Hit.objects.bulk_create(
        Hit(
            at=NOON + timedelta(hours=hours),
            target_kind="link",
            target_id=1,
            study_id=study,
            client=letter,
            letter=letter,
            agent=agent,
            hit_class=hit_class,
            rules_version=1,
        )
        for hours, letter, study, hit_class in made
    )
    count_hits()
    for study in (1, 2):
        mine = {((13 + h) // 24, one, k) for h, one, s, k in made if s == study}
        least = {(day, one) for day, one, k in mine if k == "person"}
        most = {(day, one) for day, one, k in mine if k != "machine"}
        found = readership.followed(study_id=study)
        assert found == (len(least), len(most))
