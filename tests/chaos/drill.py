"""Many runs, one after the other, on one machine with one database."""

import pickle
import time
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection

from tests.chaos import driver, people, report, servers, worker

# Of so many runs, one goes through Celery and Redis.
CELERY_EVERY = 5


@dataclass(frozen=True)
class Result:
    seed: int
    kind: str
    workers: int
    weather: str
    done: list
    faults: int
    score: object
    seconds: float


def run(options, folder, disk, redis):
    """0 where every run kept every promise, else 1."""
    worker.shorten()
    call_command("migrate", verbosity=0)
    world = driver.World(
        folder=folder,
        newsletter=people.make_newsletter(options.recipients),
        recipients=options.recipients,
        postgres=servers.Postgres() if connection.vendor == "postgresql" else None,
        redis=redis,
        disk=disk,
        certificate=servers.certificate(folder),
    )
    print(report.HEADING)  # noqa: T201
    found = report.Found([], worker.group(), connection.display_name, [])
    try:
        found = found._replace(about=report.about(world))
        for result in _results(world, options):
            found.results.append(result)
            if options.results:
                options.results.write_bytes(pickle.dumps(found))
    finally:
        if world.postgres:
            # Whoever started it the first time knows nothing of the later times.
            world.postgres.stop()
    return 0 if options.results else finish(found, options)


def finish(found, options):
    """Prints and writes what was found; 1 where a promise was broken."""
    rows = {row[0]: row for row in report.cells(map(report.line, found.results))}
    # What is on the page stays: no broken promise is tried again until it is kept.
    rows |= {row[0]: row for row in report.shown(found.database) if options.add}
    rows = sorted(rows.values(), key=lambda row: int(row[0]))
    sums = report.sums(rows, found, options.recipients, options.beside)
    print(f"\n{sums}")  # noqa: T201
    if options.write or options.add:
        report.write(sums, rows, found.database)
    return int(any(result.score.problems for result in found.results))


def _results(world, options):
    began = time.monotonic()
    for number in range(options.runs):
        if options.minutes and time.monotonic() - began > 60 * options.minutes:
            return
        seed = options.seed + number
        result = _one(world, seed)
        print(report.line(result), flush=True)  # noqa: T201
        for problem in result.score.problems:
            print(f"    seed {seed}: {problem}", flush=True)  # noqa: T201
        yield result


def _one(world, seed):
    start = time.monotonic()
    through_celery = world.redis is not None and seed % CELERY_EVERY == 0
    one = driver.Run(world, seed, celery=through_celery)
    score = one.go()
    return Result(
        seed=seed,
        kind=one.workers.kind,
        workers=len(one.workers.running),
        weather=one.weather + (", TLS" if one.tls else ""),
        done=one.done,
        faults=sum("fault" in row for row in one.sink.records),
        score=score,
        seconds=time.monotonic() - start,
    )
