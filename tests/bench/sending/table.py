"""What was measured, in words and figures."""

import os
import platform
from datetime import UTC, datetime
from statistics import median

import psutil

TITLE = (
    "Sending one issue of twelve articles to {recipients:,} people, {length:,} bytes "
    "each,\nthrough the same smtp-sink."
)
HEAD = (
    "| what | messages | messages/s | of the limit | times the best other | "
    "messages/s, whole command | CPU ms | database or queue, CPU ms | worker MB | "
    "runs | lowest to highest |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
TARGETS = (
    "Aimed at, of Dolen on PostgreSQL: 0.6 of the limit; 15 times the best of the other "
    "three; a worker under 150 MB."
)
COUNTED = """Messages a second are counted from the first message taken up (leased) to the
last one settled, by processes that are up and waiting. "Whole command" counts from its
start, with the loading of the site, of which each worker of Dolen is a copy, and the
freezing of the audience. CPU is that of a message, of the processes that send and once
they are up. Connections stay open where the peer keeps them: Django's `send` opens one
for each message. Whoever writes such a loop can keep one open, which is shown beside it
and is none of the three that are aimed at."""


def line(number, label, run):
    """One run, for whoever looks on."""
    parts = {
        "workers": run.cpu,
        "command": run.command,
        "database": run.served,
        "sink": run.sink,
    }
    each = ", ".join(
        f"{name} {_ms(seconds, run):.3f}" for name, seconds in parts.items()
    )
    return (
        f"{number + 1} {label}: {run.messages / run.sending:,.0f}/s sending, "
        f"{run.messages / run.whole:,.0f}/s whole; CPU ms a message: {each}; "
        f"start of a worker {run.start:.2f} s; {run.peak:.0f} MB"
    )


def section(cases, runs, notes):
    """The page's section, without its heading."""
    limit, other = (_best(cases, runs, kind) for kind in ("limit", "other"))
    rows = [_row(case.label, runs[case.label], limit, other) for case in cases]
    title, *rest = notes
    return "\n\n".join([title, "\n".join([HEAD, *rows]), TARGETS, *rest])


def notes(made):
    """What was sent, how it was counted, and on what."""
    postgres, sqlite = made["about"]["PostgreSQL"], made["about"]["SQLite"]
    load = made["load"]
    yield TITLE.format(recipients=load["messages"], length=load["length"])
    yield COUNTED
    yield (
        f"{datetime.now(UTC).date()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GB, "
        f"PostgreSQL {postgres['version']} ({_settings(postgres)}), "
        f"SQLite {sqlite['version']} ({_settings(sqlite)})."
    )


def _settings(about):
    return ", ".join(f"{name} {value}" for name, value in about["durable"].items())


def _best(cases, runs, kind):
    """The rate of the quickest of a kind, 0 where there is none."""
    of_kind = [runs[case.label] for case in cases if case.kind == kind]
    return max((_median(each, _rate) for each in of_kind if each), default=0)


def _row(label, runs, limit, other):
    if not runs:
        return f"| {label}: could not be installed here |{' |' * 10}"
    rates = sorted(_rate(run) for run in runs)
    rate = median(rates)
    peak = max(run.peak for run in runs)
    cells = (
        label,
        f"{runs[0].messages:,}",
        f"{rate:,.0f}",
        f"{rate / limit:.2f}" if limit else "",
        f"{rate / other:.1f}" if other else "",
        f"{_median(runs, lambda run: run.messages / run.whole):,.0f}",
        f"{_median(runs, lambda run: _ms(run.cpu, run)):.2f}",
        f"{_median(runs, lambda run: _ms(run.served, run)):.2f}",
        f"{peak:.0f}" if peak else "",
        str(len(runs)),
        f"{rates[0]:,.0f} to {rates[-1]:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _median(runs, value):
    return median(value(run) for run in runs)


def _rate(run):
    return run.messages / run.sending


def _ms(seconds, run):
    return seconds / run.messages * 1000
