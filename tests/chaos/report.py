"""What a drill found, as a table for the screen and for docs/chaos.md."""

import os
import platform
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.chaos.scoring import NAUGHTS

PAGE = Path(__file__).parents[2] / "docs" / "chaos.md"
HEAD = """# Chaos

Each section is what `bin/chaos --write` printed: issues sent while workers, the
database, Redis, the disk, the clock and the mail server fail, and the ledger held
against what the mail server took. *Missing*: neither taken by the mail server nor
rejected, suppressed or unknown in the ledger. *Invented*: accepted in the ledger and not
taken. *Repeated*: taken twice. *Unnamed*: taken, and neither accepted nor unknown in the
ledger. *Misnamed*: a Message-ID that is not one person's alone. *Limit*: messages that
one connection may have on its way, times the connections that were killed, and one for
each conversation that the mail server broke while a message was leaving. The sums are
those of the table; `--add` adds to it, and the first result of a seed stays.
"""
COLUMNS = (
    *("seed", "workers", "mail server", "done to the machine", "its faults"),
    *("taken", "accepted", "rejected", "unknown", "limit", *NAUGHTS, "s"),
)
SUMMED = ("unknown", "limit", *NAUGHTS)


def _row(cells):
    return f"| {' | '.join(str(cell) for cell in cells)} |"


HEADING = "\n".join((_row(COLUMNS), _row("---" for _ in COLUMNS)))
NOT_FINISHED = " (not finished)"


def line(result):
    states, score = result.score.states, result.score
    return _row(
        (
            result.seed,
            f"{result.workers} {result.kind}",
            result.weather,
            ", ".join(result.done) or "nothing",
            result.faults,
            score.taken,
            *(states[name] for name in ("accepted", "rejected", "unknown")),
            score.limit,
            *(len(getattr(score, name)) for name in NAUGHTS),
            f"{result.seconds:.0f}{'' if score.finished else NOT_FINISHED}",
        )
    )


class Found(NamedTuple):
    """What a drill found, and on what; several that ran side by side make one."""

    results: list
    group: int
    database: str
    about: list


def together(parts):
    results = [result for part in parts for result in part.results]
    return parts[0]._replace(results=results)


def sums(rows, found, recipients, beside=1):
    """What all runs came to, a sentence a line; `rows` as `cells` gives them."""
    runs = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    done = Counter(
        word for run in runs for word in run["done to the machine"].split(", ")
    )
    done.pop("nothing", None)
    failures = ", ".join(f"{name} {times}" for name, times in sorted(done.items()))
    total = {
        name: sum(int(run[name]) for run in runs) for name in ("its faults", *SUMMED)
    }
    naughts = ", ".join(f"{name} {total[name]}" for name in NAUGHTS)
    lines = [
        (
            f"{len(runs)} runs of {recipients} recipients; every promise kept in "
            f"{sum(map(_kept, runs))}."
        ),
        f"{naughts}; unknown {total['unknown']} (limit {total['limit']}).".capitalize(),
        (
            f"Group of {found.group}. Faults of the mail server: {total['its faults']}. "
            f"Done: {failures}."
        ),
        *found.about,
    ]
    if beside > 1:
        lines.append(f"Drills side by side, each on servers of its own: {beside}.")
    return "\n".join(lines)


def cells(lines):
    """The rows of a table, each in its cells, in the order of their seeds."""
    rows = [line.strip("| ").split(" | ") for line in lines]
    return sorted(
        (row for row in rows if row[0].isdigit()), key=lambda row: int(row[0])
    )


def _kept(run):
    return (
        not any(int(run[name]) for name in NAUGHTS)
        and int(run["unknown"]) <= int(run["limit"])
        and NOT_FINISHED not in run["s"]
    )


def about(world):
    """What could not be done here, and the machine."""
    return [*_not_done(world), _machine(world)]


def _not_done(world):
    if world.disk is None:
        yield "Skipped: fill disk (no file system may be mounted here)."
    if world.certificate is None:
        yield "Skipped: TLS (no openssl)."
    if world.redis is None:
        yield "Skipped: empty Redis (none is used)."


def _machine(world):
    settings = world.postgres.settings if world.postgres else {}
    told = "".join(f", {name} {value}" for name, value in settings.items())
    day = datetime.now(UTC).date().isoformat()
    place = "in memory" if world.disk else "on disk"
    return (
        f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores; data {place}"
        f"{told}."
    )


def shown(database):
    """The rows of this database that the page has already."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    _head, _mark, section = page.partition(f"\n## {database}\n")
    return cells(section.partition("\n## ")[0].splitlines())


def write(sums, rows, database):
    """Puts the section in place of the one of the same database, or at the end."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    _old_head, *sections = page.split("\n## ")
    kept = {section.partition("\n")[0]: section for section in sections}
    table = "\n".join([HEADING, *map(_row, rows)])
    kept[database] = f"{database}\n\n{sums}\n\n{table}\n"
    PAGE.write_text("\n## ".join([HEAD, *(kept[key] for key in sorted(kept))]))
