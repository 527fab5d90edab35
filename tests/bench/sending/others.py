"""The other three: Django's backend in a loop, a task a recipient, django-newsletter."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import redis

from tests.bench.sending import Run, watching

HERE = Path(__file__).parent
LOOP = [sys.executable, "-m", "tests.bench.sending.loop"]
CELERY = [sys.executable, "-m", "celery", "-A", "tests.bench.sending.tasks"]
WORKER = ["worker", "--pool=prefork", "--concurrency=2", "--loglevel=ERROR"]
PACKAGES = [f"Django=={django.__version__}", "django-newsletter==1.2.1"]
# What its pictures need, though there are none.
PACKAGES += ["sorl-thumbnail"]


def loop(path, kept, *, port, sink, messages, lengths):
    """One process; one connection is "kept", or "each" message has its own."""
    words = [*LOOP, str(port), path, str(messages), kept]
    return _alone(words, sink, messages, lengths)


def newsletter(python, *, port, sink, messages, lengths):
    """django-newsletter's own `submit_newsletter`, by the Python it is installed for."""
    words = [python, "-P", HERE / "django_newsletter.py", str(port), str(messages)]
    return _alone(words, sink, messages, lengths)


def install(folder):
    """django-newsletter in an environment of its own; its Python, or None where the
    registry of packages cannot be reached."""
    uv, python = [sys.executable, "-m", "uv"], folder / "bin/python"
    for words in (
        ["venv", "--python", sys.executable, folder],
        ["pip", "install", "--python", python, *PACKAGES],
    ):
        if subprocess.run([*uv, *words], capture_output=True).returncode:  # noqa: S603
            return None
    return python


def celery(broker, path, *, port, sink, messages):
    """A worker with two processes takes the tasks, which wait in Redis already."""
    environment = os.environ | {
        "BENCH_BROKER": broker,
        "BENCH_PORT": str(port),
        "BENCH_MESSAGE": str(path),
    }
    queue = redis.Redis.from_url(broker)
    server = queue.info("server")["process_id"]
    began = time.perf_counter()
    publish = "from tests.bench.sending.tasks import send\n"
    publish += f"for number in range({messages}): send.delay(number)"
    subprocess.run([sys.executable, "-c", publish], env=environment, check=True)  # noqa: S603
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603
            [*CELERY, *WORKER], env=environment, stdout=errors, stderr=errors
        )
        try:
            with watching.sampled(process.pid) as seen:
                _wait(lambda: queue.llen("celery") < messages, process)
                first, before = time.perf_counter(), _used(process.pid, server, sink)
                _wait(
                    lambda: not (queue.llen("celery") or queue.hlen("unacked")), process
                )
                last, after = time.perf_counter(), _used(process.pid, server, sink)
        finally:
            process.terminate()
            process.wait(30)
        errors.seek(0)
        if b"raised" in (said := errors.read()):
            raise OSError(said.decode())
    cpu, served, taken = (
        late - early for early, late in zip(before, after, strict=True)
    )
    return Run(
        messages=messages,
        sending=last - first,
        whole=last - began,
        cpu=cpu,
        served=served,
        sink=taken,
        peak=max(found[-1][2] for found in seen.values()),
    )


def _alone(command, sink, messages, lengths):
    """A process that tells what it took."""
    before, began = watching.cpu(sink), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    with watching.sampled(process.pid) as seen:
        answer = process.stdout.read()
        watching.ended(process)
        whole = time.perf_counter() - began
    told = json.loads(answer)
    if told["length"] not in lengths:
        raise OSError(f"{command[:4]} sends {told['length']} bytes.")
    return Run(
        messages=messages,
        sending=told["seconds"],
        whole=whole,
        cpu=told["cpu"],
        sink=watching.cpu(sink) - before,
        peak=seen[process.pid][-1][2],
    )


def _wait(over, process):
    while not over():
        if process.poll() is not None:
            raise OSError("Celery's worker ended.")
        time.sleep(0.01)


def _used(*pids):
    return [watching.cpu(pid) for pid in pids]
