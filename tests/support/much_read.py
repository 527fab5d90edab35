"""A study that is read much: articles, outputs and issues, and as many hits on them as
are asked for, which the database makes itself."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from engagement.metrics.models import Agent
from engagement.outputs.models import File, Output
from newsletters.models import Article, Document
from tests import factories

OTHERS, AGENTS = 9, 50
ARTICLES, OUTPUTS, ISSUES = 40, 20, 12
# Of a hundred requests.
SHARES = {
    "article": 45,
    "file": 30,
    "output": 10,
    "link": 6,
    "issue_document": 5,
    "feed": 4,
}

# Four requests make a visit; every eighth request is a double click. Nine visits of ten
# are to the study; what the others read has other numbers. One visitor in five comes back
# within minutes.
FILL = """
INSERT INTO metrics_hit (at, target_kind, target_id, study_id, language, client, letter,
    sector, agent_id, prefetch, scripted, signed_in, hit_class, rule, rules_version)
SELECT {at}, {kind}, {first} + pick * pick * pick * {many} / 1000000000 + other * 1000,
    {study} + other,
    CASE WHEN visitor %% 4 = 0 THEN 'cy' ELSE 'en' END,
    visitor %% 2000003 * 4000000000037,
    CASE WHEN {kind} = 'link' THEN visitor %% 2000003 * 3000000000013 END,
    CASE WHEN visitor %% 25 = 0 THEN 'academic' ELSE '' END,
    {agent} + visitor %% {agents}, {no}, {no}, {no},
    CASE WHEN visitor %% 20 < 14 THEN 'person' WHEN visitor %% 20 < 16 THEN 'suspect'
        WHEN visitor %% 20 < 17 THEN 'proxy' ELSE 'machine' END, 'made', 1
FROM (
    SELECT visit, visitor, seconds,
        CASE WHEN visit %% 10 = 9 THEN 1 + visit / 10 %% {others} ELSE 0 END AS other,
        again * 7919 %% 10007 %% 100 AS dice,
        again * 104729 %% 100003 %% 1000 AS pick
    FROM (
        SELECT n / 4 AS visit,
            n / 4 - CASE WHEN n / 4 %% 5 = 4 THEN 3 ELSE 0 END AS visitor,
            n / 4 * {gap} + n %% 4 * (n %% 4) * 15 AS seconds,
            n - CASE WHEN n %% 8 = 1 THEN 1 ELSE 0 END AS again
        FROM {series}
    ) numbered
) made"""
SERIES = {
    "postgresql": "generate_series(CAST(0 AS BIGINT), {last}) n",
    "sqlite": "(WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c "
    "WHERE n < {last}) SELECT n FROM c)",
}
AT = {
    "postgresql": "TIMESTAMPTZ '{start}+00' + seconds * INTERVAL '1 second'",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '{start}', "
    "'+' || CAST(seconds AS INTEGER) || ' seconds')",
}


def make(slug="much-read"):
    """The study and what can be read of it; nine other studies stand beside it."""
    study, *_others = [
        factories.make_study(slug=f"{slug}{n or ''}") for n in range(1 + OTHERS)
    ]
    newsletter = factories.make_newsletter(study=study)
    for _number in range(ISSUES):
        issue = factories.make_issue(newsletter=newsletter, articles=0)
        Document.objects.create(issue=issue, language="en", size=1, pages=1)
    for _number in range(ARTICLES):
        factories.make_article(study=study)
    for _number in range(OUTPUTS):
        output = factories.make_output(study=study, published=True, with_file=True)
        factories.make_file(output=output, language="cy")
    return study


def fill(study, *, hits, days):
    """So many hits in so many days up to now, in the order of time."""
    agent = min(
        Agent.objects.create(text=f"Firefox/{number}").pk for number in range(AGENTS)
    )
    start = timezone.now() - timedelta(days=days)
    vendor = connection.vendor
    kinds = _kinds()
    statement = FILL.format(
        at=AT[vendor].format(start=f"{start:%Y-%m-%d %H:%M:%S}"),
        kind=_case({name: f"'{name}'" for name in kinds}),
        first=_case({name: first for name, (first, _many) in kinds.items()}),
        many=_case({name: many for name, (_first, many) in kinds.items()}),
        gap=days * 86400 / (hits / 4),
        series=SERIES[vendor].format(last=hits - 1),
        no="FALSE",
        study=study.pk,
        others=OTHERS,
        agent=agent,
        agents=AGENTS,
    )
    with connection.cursor() as cursor:
        if vendor == "postgresql":
            # A check of each row's agent would wait in memory until the end.
            cursor.execute("ALTER TABLE metrics_hit DISABLE TRIGGER ALL")
        cursor.execute(statement, [])
        if vendor == "postgresql":
            cursor.execute("ALTER TABLE metrics_hit ENABLE TRIGGER ALL")
    tidy()


def tidy(table=""):
    """As a database does by itself when it has time."""
    words = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {table}")


def _kinds():
    """The first number of each kind's targets, which have no gaps, and how many."""
    found = {"feed": (1, 1)}
    targets = {"article": Article, "file": File, "output": Output}
    for kind, model in (targets | {"issue_document": Document}).items():
        numbers = sorted(model.objects.values_list("pk", flat=True))
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise AssertionError(f"{kind}: numbers with gaps")
        found[kind] = numbers[0], len(numbers)
    return found | {"link": found["article"]}


def _case(values):
    words, below = [], 0
    for kind, share in SHARES.items():
        below += share
        words.append(f"WHEN dice < {below} THEN {values[kind]}")
    return f"CASE {' '.join(words)} END"
