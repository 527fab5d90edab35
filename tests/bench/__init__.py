"""Measurements. Each module here is one of `bin/bench NAME`:

    TITLE = "What is measured, in a line."

    def prepare(): ...       # fills an empty database, once
    def cases(): ...         # gives Case rows

A case's `run` is called once to warm up and then five times. It returns None (the time
it took counts, in seconds) or what it measured itself, in the case's unit.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RUNS = 5
# BENCH_SCALE=0.1 makes the large ones a tenth, to try them with. What is less than the
# whole is printed, and not written down.
SCALE = float(os.environ.get("BENCH_SCALE", "1"))


@dataclass(frozen=True)
class Case:
    """`limit` is what the median is compared with; a case without one is a peer that
    others name in `against`."""

    label: str
    run: Callable[[], Any]
    limit: float | None = None
    unit: str = "s"
    against: str = ""
    runs: int = RUNS
    # Called before each run, not measured.
    before: Callable[[], Any] | None = None
