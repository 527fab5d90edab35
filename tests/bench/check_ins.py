"""A full house: 500 people at four doors within a minute."""

import itertools
import json
import time
import uuid
from multiprocessing.pool import ThreadPool
from statistics import quantiles

from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.events.models import Attendance
from tests import factories
from tests.bench import Case
from tests.conftest import SIGN_IN_BACKEND

TITLE = (
    "Checking in 500 people who are registered, each by a request of its own: one after "
    "the other, and on PostgreSQL from four doors at once. The limit of the rate is a "
    "floor."
)
PEOPLE = 500
DOORS = 4
A_MINUTE = 60
found = {}


def prepare():
    event = factories.make_event(published=True, starts_at=timezone.now(), slug="full")
    found["people"] = [
        factories.make_registration(event=event).pk for _n in range(PEOPLE)
    ]


def cases():
    # SQLite has one connection in memory here.
    doors = DOORS if connection.vendor == "postgresql" else 1
    for number in sorted({1, doors}):
        yield from _cases(number)


def _cases(doors):
    name = f"{doors} door{'s' if doors > 1 else ''}"
    yield Case(
        f"check-ins a minute, {name}",
        lambda: _all(doors),
        limit=PEOPLE,
        unit="a minute",
        before=Attendance.objects.all().delete,
        runs=1,
    )
    p95 = f"one of them, 95th percentile, {name}"
    yield Case(p95, lambda: found["p95"], limit=0.2, runs=1)


def _all(doors):
    clients = [_client() for _n in range(doors)]
    queues = [found["people"][n::doors] for n in range(doors)]
    begun = time.perf_counter()
    if doors == 1:
        took = [_door(clients[0], queues[0])]
    else:
        with ThreadPool(doors) as pool:
            took = pool.starmap(_door_of_its_own, zip(clients, queues, strict=True))
    spent = time.perf_counter() - begun
    if Attendance.objects.count() != PEOPLE:
        raise AssertionError
    found["p95"] = quantiles(itertools.chain.from_iterable(took), n=20)[-1]
    return PEOPLE * A_MINUTE / spent


def _client():
    client = Client()
    client.force_login(factories.make_user(Role.MANAGER), backend=SIGN_IN_BACKEND)
    return client


def _door(client, people):
    """How long each took, as a device sends them."""
    known = max(found["people"])
    address = f"/en/events/full/door/said/?known={known}"
    took = []
    for pk in people:
        word = {"key": str(uuid.uuid4()), "action": "in", "registration": pk}
        body = json.dumps([word | {"at": timezone.now().isoformat()}])
        begun = time.perf_counter()
        answer = client.post(address, body, content_type="application/json")
        took.append(time.perf_counter() - begun)
        if answer.status_code != 200:
            raise AssertionError(answer.content)
    return took


def _door_of_its_own(client, people):
    try:
        return _door(client, people)
    finally:
        connections.close_all()
