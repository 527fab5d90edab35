"""No overbooking, ever: 200 people at once for 50 places, on real connections."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.support import crowd, registering

pytestmark = pytest.mark.slow


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("The other test is for SQLite.")
    event = registering.published(capacity=crowd.PLACES)
    assert crowd.run(event) == crowd.expected()


def test_on_sqlite_in_a_file(tmp_path):
    """In tests SQLite is in memory, one connection for all: so in a process of its own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.crowd"],
        env=environment | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == crowd.expected()
