"""Importing a large file of people."""

import resource

from django.db import connection

from engagement.people.models import Affiliation, EmailAddress, Person
from engagement.people.services import importing
from engagement.people.services.planning import Options
from tests import factories
from tests.bench import Case

TITLE = "Importing 100,000 people from a CSV file of eight columns, all of them new."
ROWS = 100_000
HEADINGS = ("name", "email", "language", "sector", "organisation", "post", "function")
OPTIONS = Options(columns={name: name for name in (*HEADINGS, "tags")})


def prepare():
    for number in range(200):
        factories.make_organisation(name_en=f"Council {number}")


def cases():
    limit = 20 if connection.vendor == "postgresql" else 60
    content = _file()
    yield Case("check", lambda: _check(content), limit=limit, before=_empty)
    yield Case("check, then apply", lambda: _both(content), limit=limit, before=_empty)
    yield Case("check again, all on record", lambda: _check(content), limit=limit)
    yield Case("peak memory", _peak, limit=300, unit="MB", runs=1)


def _file():
    lines = (
        f"Person Ŵ{n * 7919 % ROWS};p{n}@body{n % 500}.example.org;cy;"
        f"Local authority;Council {n % 300};Officer {n % 40};research;map"
        for n in range(ROWS)
    )
    return "\n".join([";".join((*HEADINGS, "tags")), *lines]).encode()


def _check(content):
    plan = importing.check(content, "people.csv", OPTIONS)
    if plan.refused:
        raise AssertionError(plan.shown["bad"][:3])


def _both(content):
    plan = importing.check(content, "people.csv", OPTIONS)
    importing.apply(
        by=None,
        content=content,
        name="people.csv",
        options=OPTIONS,
        expected=plan.digest,
    )
    if Person.objects.count() != ROWS:
        raise AssertionError


def _empty():
    models = (
        *(Person.tags.through, Person.interests.through),
        *(Affiliation, EmailAddress, Person),
    )
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            return
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
