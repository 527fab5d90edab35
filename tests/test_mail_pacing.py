"""No faster than the account, the domain and the day allow, whoever asks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.mail.models import Pace
from engagement.mail.services import pacing
from engagement.mail.services.accounts import Account
from engagement.mail.services.smtp import Reply

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = Reply(450, "4.7.1 Too fast")
db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _look_again():
    pacing._looked.clear()


def account(**limits):
    return Account("main", "smtp://host", **limits)


def take(limits, number=1, domain="example.org"):
    addresses = [f"r{each}@{domain}" for each in range(number)]
    return pacing.take(account=limits, addresses=addresses)


@db
def test_without_limits_everything_goes_and_nothing_is_asked(
    django_assert_num_queries,
):
    with time_machine.travel(NOON, tick=False):
        take(account())
        with django_assert_num_queries(0):
            assert take(account(), 10) == [NOON] * 10
    assert not Pace.objects.exists()


@db
def test_the_account_s_pace_spreads_them_and_looks_two_seconds_ahead():
    limits = account(per_second=2)
    with time_machine.travel(NOON, tick=False):
        given_ = take(limits, 7)
        ahead = [None if at is None else (at - NOON).total_seconds() for at in given_]
        assert ahead == [0, 0.5, 1, 1.5, 2, None, None]
        again = pacing.next_at(account=limits, address="x@example.org")
        assert again == NOON + timedelta(seconds=2.5)
    with time_machine.travel(again, tick=False):
        assert take(limits) == [again]


@db
def test_a_domain_has_a_pace_of_its_own():
    limits = account(per_domain_second=1)
    with time_machine.travel(NOON, tick=False):
        assert take(limits, 4)[2:] == [NOON + timedelta(seconds=2), None]
        assert take(limits, 1, "other.example.org") == [NOON]


@db
def test_the_day_s_number_is_kept_and_turns_at_midnight_in_london():
    limits = account(per_day=3)
    with time_machine.travel(NOON, tick=False):
        assert take(limits, 5) == [NOON] * 3 + [None] * 2
        again = pacing.next_at(account=limits, address="x@example.org")
    assert again == datetime(2026, 6, 1, 23, tzinfo=UTC)
    with time_machine.travel(again, tick=False):
        assert take(limits, 3) == [again] * 3


@db
@pytest.mark.parametrize(
    ("reply", "means"),
    [
        (Reply(421, "4.3.2 Closing"), True),
        (Reply(451, "4.7.500 Server busy"), True),
        (Reply(450, "4.2.1 Greylisted"), False),
        (Reply(550, "5.7.1 Spam"), False),
        (Reply(0, "4.7.1"), False),
    ],
)
def test_what_asks_for_less(reply, means):
    assert pacing.means_slow_down(reply) is means


@db
def test_a_domain_that_asks_for_less_gets_less_and_recovers():
    limits, minute = account(), timedelta(minutes=1)
    with time_machine.travel(NOON, tick=False) as clock:
        for pace in (1, 1 / 2, 1 / 4):
            pacing.slow_down(account=limits, domain="example.org", reply=LATER)
            [(row, found)] = pacing.slowed(limits)
            assert (row.domain, found) == ("example.org", pace)
            clock.shift(minute)
        assert take(limits, 3)[1:] == [None, None]
        assert take(limits, 3, "other.example.org").count(None) == 0
        for _ in range(40):
            clock.shift(minute)
        pacing._looked.clear()
        assert pacing.slowed(limits) == []
        assert take(limits, 10).count(None) == 0


@db
def test_what_several_are_told_at_once_counts_once():
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            pacing.slow_down(account=account(), domain="", reply=LATER)
        assert Pace.objects.get(domain="").per_second == 1


@db
def test_it_never_gets_slower_than_one_a_minute():
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(12):
            pacing.slow_down(account=account(), domain="", reply=LATER)
            clock.shift(timedelta(seconds=11))
        assert Pace.objects.get(domain="").per_second == pacing.SLOWEST


@db
def test_a_clock_put_back_stops_nothing_for_long():
    limits = account(per_second=1)
    with time_machine.travel(NOON, tick=False):
        take(limits, 3)
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        assert take(limits) == [NOON - timedelta(days=1)]


@db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 8), st.integers(0, 3000)), min_size=1, max_size=12
    ),
    rate=st.sampled_from([0.5, 2.0, 10.0]),
)
def test_no_stretch_of_time_has_more_than_its_rate(steps, rate):
    """Whatever groups ask at whatever moments; and whoever waits is let go."""
    Pace.objects.all().delete()
    limits, went = account(per_second=rate), []
    with time_machine.travel(NOON, tick=False) as clock:
        for number, pause in steps:
            went += [at for at in take(limits, number) if at]
            clock.shift(timedelta(milliseconds=pause))
        clock.move_to(pacing.next_at(account=limits, address="x@example.org"))
        assert take(limits) != [None]
    for first, start in enumerate(went):
        for last, end in enumerate(went[first:], start=1):
            allowed = (end - start).total_seconds() * rate + 1
            assert last <= allowed + 1e-6, (first, last)


JUMPS = st.sampled_from([0, 0, 0, 1, -1, 90, -90, 86400, -86400])


@db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 8), st.integers(0, 3000), JUMPS),
        min_size=1,
        max_size=12,
    ),
    rate=st.sampled_from([0.5, 2.0, 10.0]),
)
def test_a_clock_that_is_moved_lets_no_more_go_than_were_ahead(steps, rate):
    """By a watch that nobody moves: each jump costs what was given for the next two
    seconds at the most, and never stops the mail for good."""
    Pace.objects.all().delete()
    limits, went = account(per_second=rate), []
    watch = jumped = 0
    with time_machine.travel(NOON, tick=False) as clock:
        for number, pause, jump in steps:
            now = timezone.now()
            went += [
                watch + (at - now).total_seconds() for at in take(limits, number) if at
            ]
            clock.shift(pause / 1000 + jump)
            watch, jumped = watch + pause / 1000, jumped + bool(jump)
        for _ in range(3):
            clock.move_to(pacing.next_at(account=limits, address="x@example.org"))
            if take(limits) != [None]:
                break
        else:
            pytest.fail("Nothing goes any more.")
    spare = 1 + jumped * (pacing.HORIZON.total_seconds() * rate + 1)
    went.sort()
    for first, start in enumerate(went):
        for last, end in enumerate(went[first:], start=1):
            assert last <= (end - start) * rate + spare + 1e-6


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory: one connection")
def test_four_workers_together_keep_the_pace():
    limits, found = account(per_second=1000, per_domain_second=50), []

    def work():
        try:
            for number in range(20):
                domain = f"d{number % 3}.example.org"
                found.extend((domain, at) for at in take(limits, 5, domain))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    given_ = sorted((at, domain) for domain, at in found if at)
    assert len(found) == 400
    _apart(given_, timedelta(milliseconds=1))
    for domain in {domain for _at, domain in given_}:
        _apart([each for each in given_ if each[1] == domain], timedelta(seconds=0.02))
    assert Pace.objects.get(domain="").taken == len(given_)


def _apart(given_, least):
    for (one, _domain), (next_, _other) in pairwise(given_):
        assert next_ - one >= least
