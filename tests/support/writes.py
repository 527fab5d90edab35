"""What a request changes, and undoing it."""

import re
from contextlib import contextmanager

from django.db import connection, transaction

CHANGE = re.compile(r"\s*(INSERT|UPDATE|DELETE)")
# Who is signed in, and what was read: by name of who agreed to it, or by a member of the
# group whose paper it is. Hits are no exception: a page writes none of them here.
NO_CHANGE = re.compile(r"session|newsletters_reading|groups_paperread")


@contextmanager
def undone():
    """A list of the statements that changed something; then all of it is undone.
    Sessions and named readers are no change to anything that people see."""
    found = []

    def note(execute, sql, params, many, context):
        if CHANGE.match(sql) and not NO_CHANGE.search(sql):
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield found
        transaction.set_rollback(True)
