"""The workers of a drill, and what can be done to them."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.chaos import worker

# Starts workers quickly: the site is loaded once, and each worker is a copy.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.chaos.worker"])


class Processes:
    """`count` processes of `manage.py send_issue`. `connections`: how many each has."""

    kind, connections = "processes", 1

    def __init__(self, count, slug, smtp_url, environment, log):
        self.words = slug, smtp_url, environment, log
        self.clocks = [processes.Value("d", 0.0, lock=False) for _ in range(count)]
        self.running = [None] * count
        self.keep()

    def keep(self):
        """Starts anew those that have ended."""
        for place, one in enumerate(self.running):
            if one is None or not one.is_alive():
                words = (*self.words, self.clocks[place])
                one = processes.Process(target=worker.send, args=words, daemon=True)
                one.start()
                self.running[place] = one

    def alive(self):
        return [one for one in self.running if one.is_alive()]

    def kill(self, chosen):
        for one in chosen:
            one.kill()
        for one in chosen:
            one.join()

    def tell(self, one, number):
        """Sends a signal, unless it has ended meanwhile."""
        if one.is_alive():
            os.kill(one.pid, number)

    def stop(self):
        """Lets them come to their end, so that late replies are still written down."""
        for one in self.running:
            one.join(15)
        self.kill(self.alive())


class Celery:
    """`count` Celery workers with two threads each, all of them with a beat."""

    kind, connections = "Celery", 2

    def __init__(self, count, _slug, smtp_url, environment, log):
        self.environment = os.environ | environment | {"SMTP_URL": smtp_url}
        self.log = Path(log).open("a")  # noqa: SIM115
        self.running = [None] * count
        self.keep()

    def keep(self):
        command = [sys.executable, "-m", "tests.chaos.worker", str(self.connections)]
        for place, one in enumerate(self.running):
            if one is None or one.poll() is not None:
                # A group of its own: the beat is a child that would outlive it.
                self.running[place] = subprocess.Popen(  # noqa: S603
                    command,
                    env=self.environment,
                    stdout=self.log,
                    stderr=self.log,
                    start_new_session=True,
                )

    def alive(self):
        return [one for one in self.running if one.poll() is None]

    def kill(self, chosen):
        for one in chosen:
            os.killpg(one.pid, signal.SIGKILL)
        for one in chosen:
            one.wait()

    def tell(self, one, number):
        one.send_signal(number)

    def stop(self):
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        for one in self.running:
            try:
                one.wait(15)
            except subprocess.TimeoutExpired:
                self.kill([one])
        self.log.close()
