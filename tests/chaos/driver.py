"""One run: an issue is sent while things fail, until its sum closes."""

import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connections

from newsletters.models import Delivery, Issue
from newsletters.services import deliveries
from tests.chaos import faults, injections, people, scoring, servers, worker, workers

# After the last failure: how long the rest may take, at this many messages a second.
SLOWEST = 10
SWEEP_SECONDS = 0.5


@dataclass
class World:
    """What runs are made in; None for what this machine does not have."""

    folder: Path
    newsletter: object
    recipients: int
    postgres: servers.Postgres | None = None
    redis: servers.Redis | None = None
    disk: servers.Disk | None = None
    certificate: str | None = None


class Run:
    def __init__(self, world, seed, celery=False):
        self.world, self.seed = world, seed
        self.dice = random.Random(seed)  # noqa: S311
        self.issue = people.start_issue(world.newsletter)
        self.weather = self.dice.choice(list(faults.WEATHERS))
        self.tls = self.dice.random() < 0.2 and world.certificate
        self.sink = servers.Sink(
            str(world.folder / f"sink-{seed}.log"), seed, self.weather, self.tls
        )
        connections.close_all()
        make = workers.Celery if celery else workers.Processes
        trust = {"SSL_CERT_FILE": self.tls} if self.tls else {}
        self.workers = make(
            self.dice.randint(1, 4),
            self.issue.slug,
            self.sink.url,
            trust,
            str(world.folder / f"workers-{seed}.log"),
        )
        self.plan = self._plan()
        self.done, self.killed, self.timers = [], 0, []

    def _plan(self):
        """(after how many messages, what), in order. By messages and not by time, so
        that a slow machine fails in the middle as well."""
        possible = injections.possible(self.world, self.workers.kind)
        names = self.dice.choices(list(possible), k=self.dice.randint(3, 6))
        marks = sorted(self.dice.uniform(0.01, 0.85) for _ in names)
        return [
            (mark * self.world.recipients, name, possible[name])
            for mark, name in zip(marks, names, strict=True)
        ]

    def everybody(self):
        return len(self.workers.running) * self.workers.connections

    def later(self, seconds, what):
        """Whatever we wait for meanwhile: a frozen worker may hold a lock."""
        self.timers.append(timer := threading.Timer(seconds, what))
        timer.start()

    def go(self):
        """Returns the score."""
        try:
            self._send()
        finally:
            for timer in self.timers:
                timer.join()
            self.workers.stop()
            self.sink.stop()
        score = self._score()
        if not score.finished:
            # The next run has a mail server of its own.
            Issue.objects.filter(pk=self.issue.pk).update(state=Issue.State.PAUSED)
        return score

    def _send(self):
        end = time.monotonic() + 120 + self.world.recipients / SLOWEST
        swept = 0
        while time.monotonic() < end and not self._finished():
            self.sink.read()
            if self.plan and self.sink.taken >= self.plan[0][0]:
                self._inject()
                swept = 0
            if time.monotonic() - swept > SWEEP_SECONDS:
                self._look_after()
                swept = time.monotonic()
            time.sleep(0.01)

    def _inject(self):
        _mark, name, inject = self.plan.pop(0)
        time.sleep(self.dice.uniform(0, 0.05))
        self.killed += inject(self)
        self.done.append(name)
        servers.wait_for_database()

    def _look_after(self):
        """What an operator's process manager and the beat do. Celery has its own beat."""
        self.workers.keep()
        if self.workers.kind == "processes":
            with suppress(DatabaseError):
                deliveries.sweep()

    def _finished(self):
        try:
            self.issue.refresh_from_db(fields=["state"])
        except DatabaseError:
            servers.wait_for_database()
            return False
        return self.issue.state == Issue.State.FINISHED

    def _score(self):
        rows = Delivery.objects.filter(issue=self.issue).values_list("address", "state")
        broken = sum(row.get("broken", False) for row in self.sink.records)
        return scoring.score(
            states=dict(rows),
            records=self.sink.records,
            finished=self._finished(),
            limit=self.killed * worker.group() + broken,
        )
