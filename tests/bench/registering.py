"""Registering under load: the first page and the last, while 50 people a second send
theirs, through the site's own server."""

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from copy import deepcopy
from statistics import quantiles
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from engagement.events import steps
from engagement.events.services import places
from tests.bench import Case
from tests.support import registering, services

TITLE = (
    "95th percentile of the time to answer, for 3 seconds of registrations at one event, "
    "through granian: the first page, and the last one that registers. The limit is for "
    "50 a second on 4 cores, with whoever asks on cores of their own; half of it is what "
    "2 cores should carry."
)
RATES, SECONDS = (25, 50), 3
LIMIT = 0.1


def prepare():
    return None


def cases():
    if connection.vendor != "postgresql":
        # In tests SQLite is in memory, where no server can see it.
        return
    event = registering.published(capacity=100)
    with _server() as site:
        for rate in RATES:
            load = Load(event, site, rate)
            for name, run in (("first", load.first_page), ("last", load.last_page)):
                label = f"{name} page, {rate} a second"
                yield Case(label, run, LIMIT, before=load.fill)


class Load:
    """`fill` is what people do before: it has them all at the last page."""

    def __init__(self, event, site, rate):
        self.event, self.site, self.rate, self.round = event, site, rate, 0
        self.sessions = []
        client = Client()
        registering.fill(client, event)
        self.answers = client.session[steps.KEY][event.slug]["answers"]

    def fill(self):
        self.round += 1
        self.sessions = [self._session(n) for n in range(self.rate * SECONDS)]

    def _session(self, number):
        """The cookie of somebody who has filled in all pages."""
        answers = deepcopy(self.answers)
        email = f"p{self.rate}-{self.round}-{number}@example.org"
        answers["you"]["email"] = [email]
        kept = {"reference": places.new_reference(), "answers": answers}
        session = SessionStore()
        session[steps.KEY] = {self.event.slug: kept}
        session.save()
        return f"sessionid={session.session_key}; csrftoken={'c' * 32}"

    def first_page(self):
        return self._measure()[0]

    def last_page(self):
        return self._measure()[1]

    def _measure(self):
        """Both at once, as it is; the percentile of either."""
        times = {"GET": [], "POST": []}
        start = time.perf_counter()
        threads = []
        for number, cookies in enumerate(self.sessions):
            at = start + number / self.rate
            for method in times:
                work = (method, cookies, at, times[method])
                threads.append(threading.Thread(target=self._ask, args=work))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [quantiles(found, n=20)[-1] for found in times.values()]

    def _ask(self, method, cookies, at, times):
        time.sleep(max(0, at - time.perf_counter()))
        step = "you" if method == "GET" else "check"
        address = self.site + registering.address(self.event, step)
        request = urllib.request.Request(address)  # noqa: S310
        if method == "POST":
            request.add_header("Cookie", cookies)
            request.data = f"csrfmiddlewaretoken={'c' * 32}".encode()
        start = time.perf_counter()
        try:
            status = _opener.open(request, timeout=60).status
        except urllib.error.HTTPError as answer:
            status = answer.code
        times.append(time.perf_counter() - start)
        if status != (200 if method == "GET" else 302):
            raise AssertionError(f"{method} {address}: {status}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_more):
        return None


_opener = urllib.request.build_opener(_Stay)


@contextmanager
def _server():
    """The site on the database of this bench. Gives its address."""
    port = services.free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "engagement.settings"}
    environment |= {"DATABASE_URL": _database(), "SECRET_KEY": settings.SECRET_KEY}
    environment |= {"LOG_LEVEL": "ERROR", "DATABASE_POOL": "true"}
    words = ["--interface", "wsgi", "--port", str(port), "--workers", "2"]
    words += ["--blocking-threads", "4", "engagement.wsgi:application"]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "granian", *words],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _database():
    """That of this bench; its name is another than in the environment."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _wait(site):
    for _attempt in range(300):
        try:
            urllib.request.urlopen(f"{site}/en/", timeout=10)  # noqa: S310
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The server does not answer.")
