"""python -m tests.chaos: see bin/chaos --help."""

import argparse
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.chaos.servers import Disk, Redis
from tests.support import services


def main():
    options = _options()
    if options.beside > 1:
        return side_by_side(options)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        # The database's server is not ours, and looks for its folder in it.
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        disk = stack.enter_context(Disk.mounted(data))
        redis = _prepare(stack, options, data)
        # Loads the site, with the settings of the environment.
        from tests.chaos import worker  # noqa: F401, I001
        from tests.chaos import drill

        return drill.run(options, folder, disk, redis)


def side_by_side(options):
    """Most of a drill is waiting: several at once, each with servers and seeds of its
    own, find the same in less time."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        os.environ["VAR_DIR"] = name
        # Loads the site, which the results are made of.
        from tests.chaos import worker  # noqa: F401, I001
        from tests.chaos import drill, report

        files = [Path(name) / str(number) for number in range(options.beside)]
        drills = [_start(options, file, number) for number, file in enumerate(files)]
        for one in drills:
            one.wait()
        parts = [pickle.loads(f.read_bytes()) for f in files if f.exists()]  # noqa: S301
    return drill.finish(report.together(parts), options)


def _start(options, file, number):
    share = [*range(options.runs)][number :: options.beside]
    first = options.seed + sum(
        len([*range(options.runs)][before :: options.beside])
        for before in range(number)
    )
    words = ["--runs", len(share), "--seed", first, "--results", file]
    words += ["--recipients", options.recipients, "--database", options.database]
    words += ["--minutes", options.minutes] if options.minutes else []
    command = [sys.executable, "-m", "tests.chaos", *map(str, words)]
    return subprocess.Popen(command)  # noqa: S603


def _options():
    parser = argparse.ArgumentParser(
        prog="bin/chaos",
        description="Sends issues while everything fails, and holds the ledger against "
        "what the mail server took. Returns 1 where a promise was broken.",
    )
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--recipients", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--minutes", type=float, help="begin no run after so many")
    parser.add_argument("--database", choices=DATABASES, default=DATABASES[0])
    parser.add_argument("--beside", type=int, default=1, help="drills at once")
    parser.add_argument("--results", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="into docs/chaos.md")
    parser.add_argument("--add", action="store_true", help="to what it shows already")
    return parser.parse_args()


DATABASES = ("postgresql", "sqlite")


def _prepare(stack, options, data):
    """Sets the environment of the site; Redis where it is used."""
    for name in ("REDIS_URL", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ["VAR_DIR"] = str(data)
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    if options.database == "sqlite":
        return None
    os.environ["DATABASE_URL"] = stack.enter_context(services.postgres(data))
    if not shutil.which("redis-server"):
        return None
    redis = Redis()
    stack.callback(redis.kill)
    os.environ["REDIS_URL"] = redis.url
    return redis


if __name__ == "__main__":
    sys.exit(main())
