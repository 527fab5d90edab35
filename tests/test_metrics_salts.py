"""Numbers for addresses: the same for a day, and then never again."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from engagement.metrics.models import Salt
from engagement.metrics.services import salts
from engagement.metrics.tasks import take_hits

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 11, tzinfo=UTC)
TODAY = date(2026, 6, 1)
WHO = "192.0.2.1 Firefox"


@pytest.fixture(autouse=True)
def another_process():
    """What a process has in mind is not what the next test begins with."""
    salts._known.clear()


def at(moment):
    return time_machine.travel(moment, tick=False)


def kept_as_files():
    return sorted(path.name for path in Path(settings.HITS_DIR).glob("*salt-*"))


def test_two_machines_make_the_same_number(settings):
    with at(NOON):
        salts.keep()
        first = salts.number(TODAY, WHO)
        salts._known.clear()
        settings.HITS_DIR = settings.HITS_DIR.with_name("other")
        assert salts.number(TODAY, WHO) == first
    assert salts.number(TODAY, "192.0.2.2 Firefox") != first
    assert kept_as_files() == []


def test_a_page_writes_none_and_the_beat_takes_over_what_it_made():
    with at(NOON):
        first = salts.number(TODAY, WHO)
        assert not Salt.objects.exists()
        salts._known.clear()
        assert salts.number(TODAY, WHO) == first, "another process finds it"
        take_hits()
        assert Salt.objects.get().day == TODAY
        salts._known.clear()
        Path(settings.HITS_DIR, kept_as_files()[0]).unlink()
        assert salts.number(TODAY, WHO) == first, "another machine too"


def test_after_its_day_nothing_can_make_the_number_again():
    with at(NOON):
        first = salts.number(TODAY, WHO)
        salts.keep()
        value = bytes(Salt.objects.get().value)
    with at(NOON + timedelta(days=1)):
        take_hits()
        assert bytes(Salt.objects.get().value) != value
        assert Salt.objects.get().day == TODAY + timedelta(days=1)
        assert kept_as_files() == []
        assert salts.number(TODAY, WHO) != first
    everywhere = b"".join(p.read_bytes() for p in Path(settings.HITS_DIR).iterdir())
    assert value not in everywhere
    assert value not in salts._known.values()


def test_the_next_one_is_there_before_midnight_and_no_earlier():
    for hours, days in ((0, 1), (11.5, 2), (12.5, 1)):
        with at(NOON + timedelta(hours=hours)):
            salts.keep()
            assert Salt.objects.count() == days, hours
    assert Salt.objects.get().day == date(2026, 6, 2), "of Wales: it is summer"


def test_keeping_what_is_kept_writes_nothing(django_assert_num_queries):
    with at(NOON):
        salts.keep()
        with django_assert_num_queries(1):
            salts.keep()


def test_a_file_of_a_salt_is_for_its_owner_alone():
    with at(NOON):
        salts.number(TODAY, WHO)
    (path,) = Path(settings.HITS_DIR).iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
