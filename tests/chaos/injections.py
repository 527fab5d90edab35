"""What is done to the machine in the middle of a run.

Each takes the run and returns how many connections may have been killed by it.
"""

import signal
import time

from tests.chaos.worker import LEASE_SECONDS


def kill_one(run):
    alive = run.workers.alive()
    chosen = [run.dice.choice(alive)] if alive else []
    run.workers.kill(chosen)
    return len(chosen) * run.workers.connections


def kill_all(run):
    alive = run.workers.alive()
    run.workers.kill(alive)
    return len(alive) * run.workers.connections


def freeze_one(run):
    """For longer than its lease: it wakes up to find its work with others."""
    alive = run.workers.alive()
    if not alive:
        return 0
    one = run.dice.choice(alive)
    run.workers.tell(one, signal.SIGSTOP)
    run.later(2 * LEASE_SECONDS, lambda: run.workers.tell(one, signal.SIGCONT))
    return run.workers.connections


def move_clock(run):
    """Of one worker, by less or by more than a lease, forth or back."""
    clock = run.dice.choice(run.workers.clocks)
    clock.value = run.dice.choice((-1, 1)) * run.dice.uniform(0.25, 2.5) * LEASE_SECONDS
    run.later(run.dice.uniform(0.2, 2), lambda: setattr(clock, "value", 0.0))
    return run.workers.connections


def stop_database(run):
    run.world.postgres.stop()
    time.sleep(run.dice.uniform(0, 0.5))
    run.world.postgres.start()
    return run.everybody()


def empty_redis(run):
    run.world.redis.kill()
    time.sleep(run.dice.uniform(0, 0.5))
    run.world.redis.start()
    return 0


def fill_disk(run):
    run.world.disk.fill()
    if run.world.postgres and run.dice.random() < 0.7:
        run.world.postgres.need_space()
    time.sleep(run.dice.uniform(0.2, 1.5))
    run.world.disk.free()
    if run.world.postgres:
        run.world.postgres.start()
    return run.everybody()


def possible(world, kind):
    """name -> function, of those that there is something to do them to."""
    found = {"kill one": kill_one, "kill all": kill_all, "freeze one": freeze_one}
    if kind == "processes":
        found["move clock"] = move_clock
    if world.postgres:
        found["stop database"] = stop_database
    if kind == "Celery":
        found["empty Redis"] = empty_redis
    if world.disk:
        found["fill disk"] = fill_disk
    return found
