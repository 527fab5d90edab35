"""Days are counted anew from their hits, by the rules of COUNTER 5.1."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from engagement.metrics.models import Agent, CountedDay, DayCount, Hit, Work
from engagement.metrics.services import readership, recount
from tests.factories import count_hits, make_file, make_hit, make_output
from tests.support.together import together

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)


def read(study, *, seconds=0, kind="article", target=1, **fields):
    at = NOON + timedelta(seconds=seconds)
    return make_hit(kind, target, study, **{"at": at, **fields})


def article(target=1):
    count_hits()
    return readership.of_item("article", target)


@pytest.mark.parametrize(
    ("seconds", "requests"),
    [
        ([0, 30], 1),
        ([0, 30.000001], 2),
        ([0, 31], 2),
        ([0, 20, 40, 60], 1),
        ([0, 20, 55], 2),
        ([5], 1),
        ([0, 0, 0], 1),
    ],
)
def test_double_clicks_count_once_and_a_chain_slides(study, seconds, requests):
    for second in seconds:
        read(study, seconds=second)
    assert article().requests == (requests, requests)
    assert article().persons == len(seconds)


def test_another_thing_client_or_study_is_no_double_click(study):
    read(study)
    read(study, target=2)
    read(study, client="b")
    read(None)
    count_hits()
    kind = {"target_kind": "article", "study_id": study.pk}
    assert readership.counted(**kind) == (3, 3)
    assert readership.counted_by_target(**kind) == {1: (2, 2), 2: (1, 1)}
    assert readership.counted(target_kind="article", study_id=0) == (1, 1)
    assert readership.counted(target_kind="file", study_id=study.pk) == (0, 0)


def test_a_suspect_between_two_readings_takes_none_away(study):
    for second, hit_class in [(0, "person"), (20, "suspect"), (40, "person")]:
        read(study, seconds=second, hit_class=hit_class)
    assert article().requests == (2, 2)


def test_those_who_may_be_people_widen_the_range_and_machines_do_not(study):
    for client, hit_class in [
        ("a", "person"),
        ("b", "proxy"),
        ("c", "suspect"),
        ("d", "machine"),
    ]:
        read(study, client=client, hit_class=hit_class)
    found = article()
    assert found.requests == found.unique_requests == found.readers == (1, 3)
    assert (found.machines, found.proxies, found.suspects) == (1, 1, 1)


def test_an_item_is_unique_in_an_hour_of_a_client(study):
    """11.59.50 and 12.00.30 are two sessions; two at five past are one."""
    for seconds in (-10, 30, 300, 310, 900):
        read(study, seconds=seconds)
    assert article().unique_requests == (2, 2)
    assert article().requests == (4, 4)
    assert article().readers == (1, 1)


def test_files_of_an_output_are_one_item_and_its_page_is_no_request(study):
    output = make_output(published=True, study=study)
    english, welsh = (make_file(output=output, language=lang) for lang in ("en", "cy"))
    read(study, kind="output", target=output.pk)
    read(study, kind="file", target=english.pk, seconds=10)
    read(study, kind="file", target=welsh.pk, seconds=20, language="cy")
    read(study, kind="output", target=output.pk, client="b")
    count_hits()
    found = readership.of_item("output", output.pk)
    assert found.requests == (2, 2)
    assert found.investigations == (4, 4)
    assert found.unique_requests == (1, 1)
    assert found.unique_investigations == (2, 2)
    assert found.readers == (1, 1)
    assert readership.of_item("file", welsh.pk).requests == (1, 1)


def test_a_file_that_is_gone_stays_counted_for_its_output(study):
    file = make_file(output=make_output(published=True, study=study))
    output = file.edition.output_id
    read(study, kind="file", target=file.pk)
    count_hits()
    file.delete()
    count_hits()
    assert readership.of_item("output", output).requests == (1, 1)
    assert Work.objects.count() == 1


def test_languages_and_sectors_have_rows_of_their_own(study):
    """One reader of both languages is one, and is in each."""
    read(study, language="en", sector="academic")
    read(study, language="cy", sector="academic", seconds=60)
    read(study, language="cy", client="b")
    count_hits()
    rows = DayCount.objects.of("article", 1)
    assert readership.add_up(rows.filter(sector=""), "language").keys() == {
        "",
        "cy",
        "en",
    }
    found = {
        (row.language, row.sector): (row.requests_least, row.readers_least)
        for row in rows
    }
    assert found == {
        ("", ""): (3, 2),
        ("en", ""): (1, 1),
        ("cy", ""): (2, 2),
        ("", "academic"): (2, 1),
    }


def test_a_day_is_that_of_wales(study):
    """23.10 and 23.50 UTC are both after midnight in June, and before it in December."""
    for month, day in ((6, 2), (12, 1)):
        for minutes in (10, 50):
            at = datetime(2026, month, 1, 23, minutes, tzinfo=UTC)
            make_hit("article", 1, study, at=at)
        recount.recount_day(date(2026, month, day))
    rows = DayCount.objects.of("article", 1).whole().order_by("day")
    days = rows.values_list("day", "requests_least", "readers_least")
    assert list(days) == [(date(2026, 6, 2), 2, 1), (date(2026, 12, 1), 2, 1)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_a_day_when_the_clocks_change_has_all_its_hours(study, day, hours):
    start = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
    for hour in range(-1, 26):
        at = start.astimezone(UTC) + timedelta(hours=hour)
        make_hit("article", 1, study, at=at)
    recount.recount_day(day)
    found = readership.of_item("article", 1)
    assert found.requests == found.unique_requests == (hours, hours)


def test_counting_again_replaces_and_never_adds(study):
    hit = read(study)
    first = article()
    assert article() == first
    hit.hit_class = "machine"
    hit.save()
    assert article().requests == (0, 0)
    hit.delete()
    recount.recount_day(DAY)
    assert not DayCount.objects.exists()


def test_a_moment_without_microseconds_is_as_good_as_one_with(study):
    read(study)
    read(study, seconds=29.999999)
    read(study, seconds=60.5)
    assert article().requests == (2, 2)


def test_it_says_until_when_it_has_counted(study):
    assert readership.until() is None
    with time_machine.travel(NOON, tick=False):
        recount.today()
    assert readership.until() == NOON
    assert CountedDay.objects.count() == 2


def test_yesterday_is_counted_once_more_when_it_is_over(study):
    with time_machine.travel(NOON, tick=False):
        recount.today()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        recount.today()
        first = CountedDay.objects.get(day=DAY).counted_at
    with time_machine.travel(NOON + timedelta(days=1, minutes=5), tick=False):
        recount.today()
    assert first == NOON + timedelta(days=1)
    assert CountedDay.objects.get(day=DAY).counted_at == first


def test_at_night_the_last_thirty_days_and_those_never_counted(study):
    for days in (0, 29, 30, 33):
        read(study, at=NOON - timedelta(days=days))
    recount.recount_day(DAY - timedelta(days=30))
    read(study, at=NOON - timedelta(days=30), client="late")
    with time_machine.travel(NOON, tick=False):
        # Three days before the thirty were never counted; the one that was is left.
        assert recount.recent() == 33
        assert readership.of_item("article", 1).requests == (4, 4)
        assert recount.recent() == 30


def naive(made):
    """(requests, unique) of people, one after the other."""
    last, kept, sessions = {}, 0, set()
    for second, client, target in sorted(made):
        before = last.get((client, target))
        kept += before is None or second - before > 30
        last[client, target] = second
        sessions.add((client, target, second // 3600))
    return kept, len(sessions)


HITS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 200), st.integers(3500, 3700)),
        st.sampled_from([5, 6]),
        st.sampled_from([1, 2]),
        st.sampled_from(["person", "person", "suspect", "proxy", "machine"]),
    ),
    max_size=25,
)


@pytest.mark.slow
@profile(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(HITS)
def test_any_order_of_hits_counts_as_the_naive_rule_says(made):
    Hit.objects.all().delete()
    agent = Agent.objects.get_or_create(text="Firefox")[0]
    Hit.objects.bulk_create(
        Hit(
            at=NOON + timedelta(seconds=second),
            target_kind="article",
            target_id=target,
            study_id=7,
            client=client,
            agent=agent,
            hit_class=hit_class,
            rules_version=1,
        )
        for second, client, target, hit_class in made
    )
    recount.recount_day(DAY)
    for target in (1, 2):
        mine = [one for one in made if one[2] == target]
        least = naive(one[:3] for one in mine if one[3] == "person")
        most = naive(one[:3] for one in mine if one[3] != "machine")
        found = readership.of_item("article", target)
        assert found.requests == (least[0], max(least[0], most[0]))
        assert found.unique_requests == (least[1], most[1])
        clients = {(c, k) for _s, c, _t, k in mine}
        assert found.readers == (
            len({c for c, k in clients if k == "person"}),
            len({c for c, k in clients if k != "machine"}),
        )
        classes = Counter(one[3] for one in mine)
        assert (found.persons, found.machines) == (
            classes["person"],
            classes["machine"],
        )


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_double(study):
    for client in "abcdefgh":
        read(study, client=client)
    raised = together(*[lambda: recount.recount_day(DAY)] * 4)
    assert raised == [None] * 4
    assert readership.of_item("article", 1).requests == (8, 8)
    assert DayCount.objects.count() == 3
