"""Which months can be reported: those that are over and counted."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from engagement.metrics.models import DayCount
from engagement.metrics.services import recount


class Available(NamedTuple):
    """The first day of the first month, and the last day of the last."""

    first: date
    last: date


def available() -> Available:
    """A month is ready when its last day was counted after it was over. Where nothing
    was ever counted, the month before this one has no usage."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    if not recount.is_whole(last):
        last = last.replace(day=1) - timedelta(days=1)
    oldest = DayCount.objects.aggregate(day=Min("day"))["day"] or last
    return Available(min(oldest, last).replace(day=1), last)


def between(first: date, last: date) -> list[date]:
    """The first day of each month."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = range(first.month - 1, first.month - 1 + count)
    return [date(first.year + n // 12, n % 12 + 1, 1) for n in numbers]
