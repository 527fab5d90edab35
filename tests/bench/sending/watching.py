"""What processes use, read from the outside."""

import os
import resource
import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

EVERY = 0.1


def cpu(pid):
    """Seconds (user and system) of a process, of all below it and of all that ended."""
    found = 0.0
    for process in _tree(pid):
        with suppress(psutil.NoSuchProcess):
            found += sum(process.cpu_times()[:4])
    return found


def ended(process):
    """Waits for a Popen; the CPU of it and of all it waited for, from resource usage.

    Raises OSError where it failed.
    """
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise OSError(f"{Path(process.args[0]).name} failed.")
    return used.ru_utime + used.ru_stime


@contextmanager
def sampled(pid):
    """Meanwhile, of each process at and below `pid`, by its number: how it was found
    each time, as (when, seconds of CPU of its own, MB at its peak)."""
    seen, over = defaultdict(list), threading.Event()

    def look():
        while not over.wait(EVERY):
            with suppress(psutil.NoSuchProcess):
                for process in _tree(pid):
                    _note(process, seen)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _note(process, seen):
    with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        # A process that has ended but was not waited for has no memory.
        if peak := _peak(process.pid):
            used = sum(process.cpu_times()[:2])
            seen[process.pid].append((time.time(), used, peak))


def _peak(pid):
    """Of the program that runs now: what getrusage says includes whoever started it."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0


def _tree(pid):
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def own_cpu():
    """Seconds of this process alone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
