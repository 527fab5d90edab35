"""Empties the database after a test that commits.

Django's own `flush` truncates every table and writes the permissions of every model
again: most of a second for a handful of rows, hundreds of times. Here only tables that
have rows are emptied, and what `migrate` wrote of models and permissions stays.
"""

from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
MANY = 1000


def instead_of_flush():
    TransactionTestCase._fixture_teardown = lambda _self: _empty()


def _empty():
    quote = connection.ops.quote_name
    with _without_constraints(), connection.cursor() as cursor:
        names = set(connection.introspection.django_table_names(only_existing=True))
        asked = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})"  # noqa: S608
            for name in sorted(names - KEPT)
        )
        cursor.execute(asked)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608
            if cursor.rowcount > MANY and connection.vendor == "postgresql":
                cursor.execute(f"VACUUM {quote(name)}")


@contextmanager
def _without_constraints():
    """Rows that point at each other go in any order, and those that may never be
    deleted too."""
    if connection.vendor != "postgresql":
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")
