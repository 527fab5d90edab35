"""Figures of a study's page over ten million hits, and counting all of them anew."""

from datetime import timedelta

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from engagement.metrics import reading, registry
from engagement.metrics.counter import months, usage
from engagement.metrics.counter.asking import Asked
from engagement.metrics.counter.reports import IR
from engagement.metrics.models import DayCount, Hit
from engagement.metrics.services import recount
from tests.bench import SCALE, Case
from tests.support import much_read

HITS, DAYS = int(10_000_000 * SCALE), 730
TITLE = (
    f"Readership: {HITS:,} hits on PostgreSQL, a hundredth of them on SQLite, in "
    f"{int(DAYS * SCALE)} days; nine in ten on one study with 40 articles, 20 outputs of "
    "two files and 12 issues. A figure of its page has a limit of 200 ms, counting all "
    "days anew one of 600 s for ten million."
)
FIGURES = (
    "article_readers", "followed", "welsh_readers", "issue_downloads", "feed_readers",
    "downloads",
)  # fmt: skip
made = {}


def prepare():
    made["study"] = much_read.make()
    hits = HITS if connection.vendor == "postgresql" else HITS // 100
    much_read.fill(made["study"], hits=hits, days=DAYS * SCALE)


def cases():
    study, hits = made["study"].pk, Hit.objects.count()
    yield Case("all days counted anew", _count_all, runs=1, limit=600 * SCALE)
    much_read.tidy("metrics_daycount")
    yield Case("the last 30 days counted again", _count_30, runs=1)
    much_read.tidy("metrics_daycount")
    for metric in registry.every():
        if metric.key in FIGURES:
            yield Case(metric.key, lambda m=metric: _read(m, study), limit=0.2)
    yield Case("all figures of a study together", lambda: _read_all(study))
    days = DayCount.objects.aggregate(first=Min("day"), last=Max("day"))
    for kind in ("article", "output"):
        label, item = f"readership of an {kind}, all days", _most_read(kind)
        yield Case(label, lambda k=kind, i=item: _of_item(k, i, days), limit=0.2)
    yield Case("items of a COUNTER report over a year", _items)
    if connection.vendor == "postgresql":
        for table in ("metrics_hit", "metrics_daycount", "metrics_dayfollowed"):
            label = f"disk of {table} for a million hits"
            yield Case(label, lambda t=table: _mb(t, hits), unit="MB", runs=1)


def _count_all():
    recount.recount(first=recount.first_day(), last=timezone.localdate())


def _count_30():
    today = timezone.localdate()
    recount.recount(first=today - timedelta(days=29), last=today)


def _read(metric, study):
    metric.read(study)


def _read_all(study):
    registry.for_study(study)


def _most_read(kind):
    rows = DayCount.objects.filter(target_kind=kind).exclude(target_id=0).whole()
    return rows.order_by("-persons").first().target_id


def _of_item(kind, item, days):
    reading.of(kind, item, **days)


def _items():
    known = months.available()
    first = max(known.first, known.last - timedelta(days=364))
    usage.lines(Asked(IR, first, known.last))


def _mb(table, hits):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        return cursor.fetchone()[0] / hits
