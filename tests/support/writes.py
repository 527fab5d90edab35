"""What a request changes, and undoing it."""

import re
from contextlib import contextmanager

from django.db import connection, transaction

CHANGE = re.compile(r"\s*(INSERT|UPDATE|DELETE)")


@contextmanager
def undone():
    """A list of the statements that changed something; then all of it is undone.
    Sessions and counted readers are no change to anything that people see."""
    found = []

    def note(execute, sql, params, many, context):
        if CHANGE.match(sql) and "session" not in sql and "metrics_hit" not in sql:
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield found
        transaction.set_rollback(True)
