"""Dolen itself: `manage.py send_issue` on a database of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.sending import Run, watching
from tests.bench.sending.site import SLUG
from tests.support import smtp

ROOT = Path(__file__).parents[3]
MANAGE = [sys.executable, "manage.py"]
SITE = [sys.executable, "-m", "tests.bench.sending.site"]


def environment(folder, database_url=""):
    """Of a site that keeps all it has in `folder`, on SQLite where no URL is given."""
    folder.mkdir()
    # Not ours to hand on: the settings are those of a site as it is put up.
    alone = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    }
    own = {"VAR_DIR": str(folder), "LOG_LEVEL": "ERROR"}
    return alone | own | ({"DATABASE_URL": database_url} if database_url else {})


def ask(environ, verb, *arguments):
    """What tests.bench.sending.site answers. Raises OSError where it fails."""
    done = subprocess.run(  # noqa: S603
        [*SITE, verb, *arguments],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise OSError(f"The site could not {verb}.")
    return json.loads(done.stdout)


def send(environ, *, port, sink, recipients, workers=1, database=None):
    """Sends the issue afresh with that many workers. `sink` and `database` are numbers
    of processes. Raises OSError where a message was not accepted."""
    ask(environ, "again")
    watch = _watch(environ)
    before = _served(database), watching.cpu(sink)
    try:
        whole, used, command, workers = _command(environ, port, workers)
        told = json.loads(watch.communicate()[0])
    finally:
        watch.kill()
    if told["states"] != {"accepted": recipients}:
        raise OSError(f"Not all were accepted: {told['states']}")
    start = sum(_before(told["first"], worker) for worker in workers)
    return Run(
        messages=recipients,
        sending=told["last"] - told["first"],
        whole=whole,
        cpu=used - command[-1][1] - start,
        served=_served(database) - before[0],
        sink=watching.cpu(sink) - before[1],
        peak=max(found[-1][2] for found in workers),
        command=command[-1][1],
        start=start / len(workers),
    )


def message(environ):
    """The bytes of one, as a server takes it."""
    ask(environ, "fill", "1")
    catcher = smtp.Catcher()
    server = smtp.start(catcher)
    try:
        words = ["send_issue", SLUG, "--smtp", f"{server.hostname}:{server.port}"]
        subprocess.run(  # noqa: S603
            [*MANAGE, *words],
            env=environ,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    finally:
        server.stop()
    return catcher.messages[0].raw


def _command(environ, port, workers):
    """Its seconds, the CPU of all, and how the command and each worker were found."""
    words = ["send_issue", SLUG, "--smtp", f"127.0.0.1:{port}"]
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [*MANAGE, *words, "--workers", str(workers)],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    with watching.sampled(process.pid) as seen:
        used = watching.ended(process)
        whole = time.perf_counter() - began
    return whole, used, seen.pop(process.pid), list(seen.values())


def _before(moment, found):
    """CPU that a worker had used by then, while it waited to be let go."""
    return max((used for when, used, _peak in found if when < moment), default=0)


def _watch(environ):
    """A watch that is ready."""
    process = subprocess.Popen(  # noqa: S603
        [*SITE, "watch"],
        env=environ,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdout.readline() != "ready\n":
        raise OSError("The site could not be watched.")
    return process


def _served(database):
    return watching.cpu(database) if database else 0
