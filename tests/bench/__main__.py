"""python -m tests.bench NAME: measures on SQLite and on PostgreSQL, prints a table and
puts it into docs/performance.md."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import SCALE
from tests.bench.sending import rounds

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
HEAD = """# Performance

Each table is what `bin/bench NAME` printed. Figures are medians; a ratio is the median
over its limit, or over a peer of the same run. Times differ from machine to machine:
compare the ratios.
"""
SERVICES = [sys.executable, "-m", "tests.support.services"]


def main(name, *words):
    if name == "send":
        # Sends through the site's own command, and measures peers beside it.
        if section := rounds.run(words):
            _write(name, section)
        return
    here = Path(__file__).parent
    known = sorted(
        {p.stem for p in here.glob("*.py")} - {"__init__", "__main__", "measure"}
    )
    if name not in known:
        sys.exit(f"bin/bench NAME, one of: {', '.join(known)}, send")
    measure = [sys.executable, "-m", "tests.bench.measure", name]
    alone = {
        k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}
    }
    found = [_run(measure, alone), _run([*SERVICES, *measure], dict(os.environ))]
    title = found[0]["title"]
    table = "\n".join(_table(found))
    print(f"{title}\n\n{table}")  # noqa: T201
    if SCALE == 1:
        _write(name, f"{title}\n\n{table}\n\n{_machine()}")


def _run(command, environment):
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _table(found):
    yield "| what | database | median | limit or peer | ratio | runs |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for result in found:
        medians = {row["label"]: row["median"] for row in result["rows"]}
        for row in result["rows"]:
            peer = medians.get(row["against"])
            to = row["limit"] if peer is None else peer
            yield (
                "| "
                + " | ".join(
                    (
                        row["label"],
                        result["database"],
                        _figure(row["median"], row["unit"]),
                        "" if to is None else _figure(to, row["unit"]),
                        "" if not to else f"{row['median'] / to:.2f}",
                        str(row["runs"]),
                    )
                )
                + " |"
            )


def _figure(value, unit):
    if unit == "s" and value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} {unit}"


def _machine():
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores."


def _write(name, text):
    """Puts the section in place of the one of the same name, or at the end."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    head, *sections = page.split("\n## ")
    kept = {section.partition("\n")[0]: section for section in sections}
    kept[name] = f"{name}\n\n{text}\n"
    PAGE.write_text("\n## ".join([head, *(kept[key] for key in sorted(kept))]))


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
