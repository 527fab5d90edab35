"""Counting days anew from their hits."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from engagement.metrics import items
from engagement.metrics.models import CountedDay, DayCount, DayFollowed, Hit, Work
from engagement.metrics.services import counting_sql

# Hits may come late, and rules may change what they are.
NIGHTLY = 30
ONE = timedelta(days=1)


def recount(
    *, first: date, last: date, tell: Callable[[int], None] | None = None
) -> int:
    """Both days and those between; each on its own, so that what is done stays done.
    Tells after each how many are; returns how many they were."""
    count = 0
    for day in _days(first, last):
        recount_day(day)
        count += 1
        if tell:
            tell(count)
    return count


def recount_day(day: date) -> None:
    """Replaces all rows of the day. Two at once come one after the other."""
    start, end = _bounds(day)
    with transaction.atomic():
        counted, _new = CountedDay.objects.select_for_update().get_or_create(day=day)
        now = timezone.now()
        _find_works(start, end)
        DayCount.objects.filter(day=day).delete()
        _insert(day, start, end)
        _count_letters(day, start, end)
        counted.counted_at = now
        counted.save()


def recent() -> int:
    """The last days, at night, and any before them that were never counted: those from
    before there were counts."""
    today = timezone.localdate()
    first = today - (NIGHTLY - 1) * ONE
    known = set(CountedDay.objects.values_list("day", flat=True))
    missed = [
        day for day in _days(first_day() or first, first - ONE) if day not in known
    ]
    for day in missed:
        recount_day(day)
    return len(missed) + recount(first=first, last=today)


def today() -> None:
    """Every few minutes; yesterday too until it was counted after it ended."""
    day = timezone.localdate()
    if not is_whole(day - ONE):
        recount_day(day - ONE)
    recount_day(day)


def is_whole(day: date) -> bool:
    """Counted after it was over: no hit can be missing."""
    _start, end = _bounds(day)
    return CountedDay.objects.filter(day=day, counted_at__gte=end).exists()


def first_day() -> date | None:
    """Of the oldest hit on record."""
    at = Hit.objects.order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * ONE


def _bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight in Wales to the next, which may be 23 or 25 hours."""
    zone = timezone.get_default_timezone()
    midnight = [datetime.combine(each, time(), zone) for each in (day, day + ONE)]
    return midnight[0].astimezone(UTC), midnight[1].astimezone(UTC)


def _find_works(start: datetime, end: datetime) -> None:
    """Keeps what the day's targets are of, where that is not known yet."""
    hits = Hit.objects.filter(at__gte=start, at__lt=end).order_by()
    unknown = defaultdict(set)
    for kind, number in hits.values_list("target_kind", "target_id").distinct():
        unknown[kind].add(number)
    for kind, ids in unknown.items():
        if target := items.target(kind):
            known = Work.objects.filter(target_kind=kind, target_id__in=ids)
            ids -= set(known.values_list("target_id", flat=True))
            _keep_works(kind, target, ids)


def _keep_works(kind: str, target: items.Target, ids: set[int]) -> None:
    rows = [
        Work(
            target_kind=kind,
            target_id=number,
            item_kind=target.item_kind,
            item_id=item,
            is_request=target.is_request,
        )
        for number, item in (target.work_of(ids) if ids else {}).items()
    ]
    Work.objects.bulk_create(rows, ignore_conflicts=True)


def _insert(day: date, start: datetime, end: datetime) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            counting_sql.statement(), [adapt(start), adapt(end), day.isoformat()]
        )


def _count_letters(day: date, start: datetime, end: datetime) -> None:
    """That a mail was opened is no link followed."""
    hits = Hit.objects.filter(at__gte=start, at__lt=end, letter__isnull=False)
    of_studies = hits.filter(study_id__isnull=False).exclude(target_kind=Hit.PIXEL)
    machine, person = (Q(hit_class=Hit.Class[one]) for one in ("MACHINE", "PERSON"))
    rows = (
        of_studies.order_by()
        .values("study_id")
        .annotate(
            letters_least=Count("letter", distinct=True, filter=person),
            letters_most=Count("letter", distinct=True, filter=~machine),
        )
    )
    DayFollowed.objects.filter(day=day).delete()
    DayFollowed.objects.bulk_create(DayFollowed(day=day, **row) for row in rows)
