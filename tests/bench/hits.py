"""Hits under load: an article and a file asked for 3,000 times a second (or as often as
this machine can), through the site's own server, beside a page that is empty.

With BENCH_SCALE below 1 it is shorter. What every request that was answered left is counted.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from django.conf import settings
from django.db import connection

from engagement.metrics.models import Hit
from engagement.metrics.reading_rules import Facts
from engagement.metrics.services import lines, taking
from engagement.outputs.models import File
from newsletters.models import Article, Newsletter
from newsletters.services import marks
from tests import factories
from tests.bench import SCALE, Case
from tests.bench.registering import _database
from tests.support import services

TITLE = (
    "Hits through granian with 2 workers: how many requests a second of each kind are "
    "carried with a 95th percentile under 100 ms, of 3,000 offered at the most, and that "
    "percentile, beside a page that is empty and keeps nothing; hits lost of all that "
    "were answered; and how fast hits are taken into the database."
)
SECONDS = max(2, int(10 * SCALE))
# Offered one after the other, until one is not carried.
PACES = (25, 50, 100, 200, 400, 800, 1200, 1600, 2000, 2500, 3000)
CLIENTS = 16
TAKEN = int(200_000 * SCALE)
LIMIT = 0.1
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
EMPTY = """
from engagement.urls import *
from django.http import HttpResponse
from django.urls import path
from engagement.core.access import public
urlpatterns = [path("empty/", public(lambda request: HttpResponse("")), name="empty"),
               *urlpatterns]
"""


def prepare():
    issue = factories.make_issue(articles=1)
    factories.send_out(issue)
    output = factories.make_output(published=True, study=issue.newsletter.study)
    factories.make_file(output=output)


def cases():
    yield Case("taken", _take, unit="hits/s", runs=3, before=_leave)
    if connection.vendor != "postgresql":
        # In tests SQLite is in memory, where no server can see it.
        return
    with _server() as (port, folder):
        load = Load(port, folder)
        for name, address in _addresses():
            yield Case(name, lambda a=address: load.carried(a), unit="/s", runs=1)
            yield Case(f"{name}, 95th percentile", lambda: load.slowest, LIMIT, runs=1)
        yield Case("hits lost", load.lost, unit="hits", runs=1)


def _addresses():
    article = Article.objects.get().get_absolute_url()
    newsletter = Newsletter.objects.get()
    return [
        ("empty page", "/empty/"),
        ("link of a mail", f"{article}?{marks.MARK}={marks.word(newsletter.pk)}"),
        ("article", article),
        ("file", f"/en/outputs/files/{File.objects.get().pk}/"),
    ]


class Load:
    """Clients that keep their connections, each at its share of the pace."""

    def __init__(self, port, folder):
        self.port, self.folder = port, folder
        self.answered, self.slowest = 0, 0.0

    def carried(self, address):
        # The first answers of a process pay for what is loaded once.
        self._offered(address, PACES[0])
        best, self.slowest = 0.0, 0.0
        for pace in PACES:
            slowest, answered = self._offered(address, pace)
            if best and (slowest > LIMIT or answered < 0.95 * pace):
                break
            best, self.slowest = answered, slowest
        return best

    def _offered(self, address, pace):
        times = []
        start = time.perf_counter()
        threads = [
            threading.Thread(
                target=self._ask, args=(address, start + n / pace, pace, times)
            )
            for n in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if address != "/empty/":
            self.answered += len(times)
        return quantiles(times, n=20)[-1], len(times) / (time.perf_counter() - start)

    def _ask(self, address, at, pace, times):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        until = at + SECONDS
        while at < until:
            time.sleep(max(0, at - time.perf_counter()))
            start = time.perf_counter()
            link.request("GET", address, headers={"User-Agent": AGENT})
            answer = link.getresponse()
            answer.read()
            if answer.status not in {200, 302}:
                raise AssertionError(f"{address}: {answer.status}")
            times.append(time.perf_counter() - start)
            # Who is late asks at once; so much is offered and no more.
            at = max(at + CLIENTS / pace, start)
        link.close()

    def lost(self):
        before, settings.HITS_DIR = settings.HITS_DIR, self.folder
        rows = Hit.objects.exclude(target_kind="bench").count()
        taking.take()
        settings.HITS_DIR = before
        kept = Hit.objects.exclude(target_kind="bench").count() - rows
        return self.answered - kept


def _leave():
    """Files of a process that has ended."""
    folder = Path(settings.HITS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{time.time_ns()}-bench.hits").open("wb") as file:
        for number in range(TAKEN):
            file.write(
                lines.written(
                    Facts(f"{AGENT} {number % 500}"),
                    at=datetime.now(UTC),
                    kind="bench",
                    target=number % 100,
                    study=1,
                    language="en",
                    client=number % 5000,
                    letter=number if number % 4 == 0 else None,
                    sector="",
                )
            )


def _take():
    start = time.perf_counter()
    taken = taking.take()
    return taken / (time.perf_counter() - start)


@contextmanager
def _server():
    """The site on the database of this bench, with one more page. Gives its port and
    where its hits are."""
    port = services.free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bench_urls.py").write_text(EMPTY)
        Path(folder, "bench_settings.py").write_text(
            "from engagement.settings import *\nROOT_URLCONF = 'bench_urls'\n"
            f"MEDIA_ROOT = {str(settings.MEDIA_ROOT)!r}\n"
        )
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench_settings"}
        environment |= {"PYTHONPATH": f"{folder}:{settings.BASE_DIR}"}
        environment |= {"DATABASE_URL": _database(), "LOG_LEVEL": "ERROR"}
        environment |= {"SECRET_KEY": settings.SECRET_KEY, "DATABASE_POOL": "true"}
        environment |= {"HITS_DIR": f"{folder}/hits"}
        words = ["--interface", "wsgi", "--port", str(port), "--workers", "2"]
        words += ["--blocking-threads", "4", "engagement.wsgi:application"]
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "granian", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            yield port, Path(folder, "hits")
        finally:
            server.terminate()
            server.wait(20)


def _wait(port):
    for _attempt in range(300):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            link.request("GET", "/empty/")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The server does not answer.")
