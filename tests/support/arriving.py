"""Hits as a large site has them, of the site of the environment: `write PACE SECONDS`
keeps so many a second, as its processes do; `take SECONDS` takes them into the database
again and again, as its worker does. Prints how many."""

import sys
import time
from datetime import UTC, datetime

import django

# Kept together, since nobody can sleep for a third of a millisecond.
AT_ONCE = 30
KIND = "arriving"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def write(pace, seconds):
    from engagement.metrics.reading_rules import Facts
    from engagement.metrics.services import lines, spool

    start, number = time.perf_counter(), 0
    while (now := time.perf_counter() - start) < seconds:
        if number > now * pace:
            time.sleep(number / pace - now)
        for _ in range(AT_ONCE):
            number += 1
            spool.add(
                lines.written(
                    Facts(f"{AGENT} {number % 500}"),
                    at=datetime.now(UTC),
                    kind=KIND,
                    target=number % 100,
                    study=1,
                    language="en",
                    client=number % 5000,
                    letter=number if number % 4 == 0 else None,
                    sector="",
                )
            )
    return number


def take(seconds):
    from engagement.metrics.services import taking

    start, taken = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        taken += taking.take()
        time.sleep(1)
    return taken + taking.take()


if __name__ == "__main__":
    django.setup()
    verb, *numbers = sys.argv[1:]
    print({"write": write, "take": take}[verb](*map(int, numbers)))  # noqa: T201
