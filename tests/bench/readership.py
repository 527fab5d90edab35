"""Figures of a study's page over many hits, and counting all of them anew.

HITS=10000000 bin/bench readership for the full run. PostgreSQL writes the hits itself;
SQLite gets a hundredth of them.
"""

import os
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from engagement.metrics import reading, registry
from engagement.metrics.counter import months, usage
from engagement.metrics.counter.asking import Asked
from engagement.metrics.counter.reports import IR
from engagement.metrics.models import Agent, DayCount, Hit, Work
from engagement.metrics.services import recount
from tests import factories
from tests.bench import Case

HITS = int(os.environ.get("HITS", "100000"))
STUDIES, DAYS = 10, int(os.environ.get("DAYS", "1095"))
TITLE = (
    f"Readership: {HITS:,} hits on PostgreSQL (a hundredth on SQLite) over {DAYS} days, "
    "ten studies with 40 files, 40 articles and 20 output pages each; a figure has a "
    "limit of 200 ms, counting all of three years anew one of 600 s."
)
READ_FROM_HITS = {"article_readers", "issue_downloads", "feed_readers", "downloads"}
# (kind, how many of a study, of 100 hits)
KINDS = [("file", 40, 40), ("article", 40, 40), ("output", 20, 15), ("feed", 1, 5)]

# A reader makes five requests; seven in ten hits are people's, as bots are many.
FILL = """
INSERT INTO metrics_hit (at, target_kind, target_id, study_id, language, client, sector,
    agent_id, prefetch, signed_in, hit_class, rule, rules_version)
SELECT at, kind, study * 1000 + CAST(pick * many AS INTEGER), study,
    CASE WHEN client %% 3 = 0 THEN 'cy' ELSE 'en' END, client, '', {agent}, FALSE, FALSE,
    CASE WHEN client %% 10 < 7 THEN 'person' WHEN client %% 10 = 7 THEN 'suspect'
        WHEN client %% 10 = 8 THEN 'proxy' ELSE 'machine' END, 'made', 1
FROM ({rows}) made"""
ROWS = {
    "postgresql": """
SELECT TIMESTAMPTZ '{start}' + n * INTERVAL '{gap} seconds' AS at,
    {study} + CAST(random() * 9.98 - 0.49 AS INTEGER) AS study, random() * 0.98 AS pick,
    CAST(n / 5 AS BIGINT) * 7919 %% 1000003 AS client, {kind}
FROM generate_series(1, {hits}) n""",
    "sqlite": """
SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%S', '{start}', '+' || CAST(n * {gap} AS INTEGER)
        || ' seconds') AS at,
    {study} + abs(random()) %% 10 AS study, (abs(random()) %% 98) / 100.0 AS pick,
    n / 5 * 7919 %% 1000003 AS client, {kind}
FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {hits})
    SELECT n FROM c)""",
}


def prepare():
    study, *_others = [factories.make_study() for _n in range(STUDIES)]
    agent = Agent.objects.create(text="Firefox")
    sqlite = connection.vendor == "sqlite"
    hits = HITS // 100 if sqlite else HITS
    start = timezone.now() - timedelta(days=DAYS)
    gap = DAYS * 86400 / hits
    cases, below = [], 0
    for name, many, share in KINDS:
        below += share
        cases.append(f"WHEN n %% 100 < {below} THEN '{name}, {many}'")
    kind = f"CASE {' '.join(cases)} END AS kinds"
    rows = ROWS[connection.vendor].format(
        start=f"{start:%Y-%m-%d %H:%M:%S}{'' if sqlite else '+00'}",
        gap=gap,
        study=study.pk,
        hits=hits,
        kind=kind,
    )
    split = (
        "SELECT made.*, substr(kinds, 1, instr(kinds, ',') - 1) AS kind, "
        "CAST(substr(kinds, instr(kinds, ',') + 1) AS INTEGER) AS many"
        if sqlite
        else "SELECT made.*, split_part(kinds, ', ', 1) AS kind, "
        "CAST(split_part(kinds, ', ', 2) AS INTEGER) AS many"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            FILL.format(agent=agent.pk, rows=f"{split} FROM ({rows}) made"), []
        )
        cursor.execute("ANALYZE" if sqlite else "VACUUM ANALYZE metrics_hit")
    _works()


def _works():
    """Two files of each output, as an English and a Welsh one."""
    seen = Hit.objects.order_by().values_list("target_kind", "target_id").distinct()
    Work.objects.bulk_create(
        Work(
            target_kind=kind,
            target_id=number,
            item_kind="output" if kind == "file" else kind,
            item_id=number // 2 if kind == "file" else number,
            is_request=kind != "output",
        )
        for kind, number in seen
        if kind != "feed"
    )


def recount_all():
    recount.recount(first=recount.first_day(), last=timezone.localdate())


def cases():
    hits, postgres = Hit.objects.count(), connection.vendor == "postgresql"
    limit = 600 * DAYS / 1095
    yield Case("all days counted anew", recount_all, runs=1, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE metrics_daycount" if postgres else "ANALYZE")
    study = Hit.objects.values_list("study_id", flat=True).first()
    for metric, _reading in registry.for_study(study):
        if metric.key in READ_FROM_HITS:
            measure = metric.measure
            yield Case(metric.key, lambda m=measure: m(study) and None, limit=0.2)
    item = DayCount.objects.filter(target_kind="output").exclude(target_id=0).first()
    days = DayCount.objects.aggregate(first=Min("day"), last=Max("day"))
    yield Case(
        "the readership of an output over all days",
        lambda: reading.of("output", item.target_id, **days) and None,
        limit=0.2,
    )
    year = months.available()
    asked = Asked(IR, max(year.first, year.last - timedelta(days=364)), year.last)
    yield Case("the items of a COUNTER report over a year", lambda: _items(asked))
    if postgres:
        for table in ("metrics_hit", "metrics_daycount"):
            label = f"disk of {table} for a million hits"
            yield Case(label, lambda t=table: _mb(t, hits), unit="MB", runs=1)


def _items(asked):
    usage.lines(asked)


def _mb(table, hits):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        return cursor.fetchone()[0] / hits
