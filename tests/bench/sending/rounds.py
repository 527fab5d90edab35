"""The peers, one round after another, and the page they go to."""

import tempfile
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.sending import dolen, others, postfix, table
from tests.support import services

RECIPIENTS, RUNS, QUICK = 20_000, 5, 4_000
# Those that are slow send fewer: what counts is the rate.
OTHERS = 1_000
WORKERS = {"PostgreSQL": (1, 2, 4, 8), "SQLite": (1, 2)}
# A message is 30 KB, give or take two.
LENGTH = range(28_000, 32_721)


@dataclass(frozen=True)
class Case:
    label: str
    run: Any
    # "limit", "dolen", "other", or "quicker" than one of those is by itself.
    kind: str


def run(words):
    """Measures; returns the section of docs/performance.md, or "" after a trial."""
    options = _options(words)
    with ExitStack() as stack:
        made = _made(stack, options)
        cases = [case for case in _cases(made, options) if options.only in case.label]
        runs = {case.label: [] for case in cases}
        for number in range(options.runs):
            for case in filter(lambda case: case.run, cases):
                runs[case.label].append(case.run())
                print(table.line(number, case.label, runs[case.label][-1]), flush=True)  # noqa: T201
        section = table.section(cases, runs, table.notes(made))
    print(f"\n{section}")  # noqa: T201
    return "" if words else section


def _options(words):
    parser = ArgumentParser("bin/bench send")
    parser.add_argument("--recipients", type=int)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--only", default="", help="cases whose name has this in it")
    parser.add_argument("--quick", action="store_true", help="one run, few recipients")
    options = parser.parse_args(words)
    options.recipients = options.recipients or (QUICK if options.quick else RECIPIENTS)
    options.runs = options.runs or (1 if options.quick else RUNS)
    return options


def _made(stack, options):
    """Servers, sites and the message, ready for every case."""
    folder = Path(
        stack.enter_context(tempfile.TemporaryDirectory(prefix="dolen-bench-"))
    )
    programs = postfix.unpacked(folder)
    port, sink = stack.enter_context(postfix.sink(programs))
    url = stack.enter_context(services.postgres())
    broker = stack.enter_context(services.redis())
    sites = {
        "PostgreSQL": dolen.environment(folder / "postgres", url),
        "SQLite": dolen.environment(folder / "sqlite"),
    }
    message = dolen.message(sites["SQLite"])
    if len(message) not in LENGTH:
        raise SystemExit(f"The message is {len(message)} bytes: change WORDS.")
    for site in sites.values():
        dolen.ask(site, "fill", str(options.recipients))
    path = folder / "message.eml"
    path.write_bytes(message)
    load = {"messages": options.recipients, "length": len(message)}
    return {
        "folder": folder,
        "programs": programs,
        "to": {"port": port, "sink": sink},
        "sites": sites,
        "path": path,
        "broker": broker,
        "newsletter": others.install(folder / "newsletter"),
        "load": load,
        "sessions": postfix.best_sessions(programs, port=port, sink=sink, **load),
        "about": {name: dolen.ask(site, "about") for name, site in sites.items()},
    }


def _cases(made, options):
    limit = partial(postfix.run, made["programs"], **made["to"], **made["load"])
    sessions = made["sessions"]
    yield Case(
        f"Postfix's smtp-source, {sessions} sessions: the limit",
        partial(limit, sessions=sessions),
        "limit",
    )
    for name, numbers in WORKERS.items():
        site, about = made["sites"][name], made["about"][name]
        for workers in numbers:
            yield Case(
                f"Dolen, {name}, {workers} worker{'s' * (workers > 1)}",
                partial(
                    dolen.send,
                    site,
                    **made["to"],
                    recipients=options.recipients,
                    workers=workers,
                    database=about.get("pid"),
                ),
                "dolen",
            )
    yield from _others(made, min(OTHERS, options.recipients))


def _others(made, messages):
    to = made["to"] | {"messages": messages}
    loop = partial(others.loop, made["path"], **to, lengths=LENGTH)
    yield Case("Django's SMTP backend in a loop", partial(loop, "each"), "other")
    yield Case("The same, one connection kept", partial(loop, "kept"), "quicker")
    yield Case(
        "A Celery task a recipient, Redis, 2 processes",
        partial(others.celery, made["broker"], made["path"], **to),
        "other",
    )
    yield Case(
        "django-newsletter 1.2.1, SQLite",
        made["newsletter"]
        and partial(others.newsletter, made["newsletter"], **to, lengths=LENGTH),
        "other",
    )
