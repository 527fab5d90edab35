"""The drill itself, and a short run of it: `bin/chaos` is the long one."""

import random
import smtplib
import subprocess
import sys

import pytest
from django.db import connection

from tests.chaos import faults, report, scoring

ANN, BOB = "ann@example.org", "bob@example.org"


def taken(to, name="<1@example.org>"):
    return {"to": to, "id": name, "at": 0, "replied": True}


def problems(states, *records, finished=True, limit=0):
    found = scoring.score(
        states=states, records=records, finished=finished, limit=limit
    )
    return [problem.partition(":")[0] for problem in found.problems]


def test_a_ledger_that_says_what_happened_has_no_problems():
    assert problems({ANN: "accepted", BOB: "rejected"}, taken(ANN)) == []
    assert problems({ANN: "unknown", BOB: "unknown"}, taken(ANN), limit=2) == []


@pytest.mark.parametrize(
    ("states", "records", "problem"),
    [
        ({ANN: "pending"}, [], "missing"),
        ({ANN: "accepted"}, [], "invented"),
        ({ANN: "accepted"}, [taken(ANN), taken(ANN)], "repeated"),
        ({ANN: "rejected"}, [taken(ANN)], "unnamed"),
        ({}, [taken(ANN)], "unnamed"),
        ({ANN: "unknown"}, [], "unknown"),
        ({ANN: "accepted", BOB: "accepted"}, [taken(ANN), taken(BOB)], "misnamed"),
    ],
)
def test_each_broken_promise_is_found(states, records, problem):
    assert problems(states, *records) == [problem]


def test_an_issue_that_never_ends_is_a_problem():
    assert problems({}, finished=False) == ["the issue was not finished in time"]


def test_the_same_seed_gives_the_same_faults():
    def series(seed):
        fault = faults.maker(random.Random(seed), "storm")  # noqa: S311
        return [fault("dot") for _ in range(500)]

    assert series(7) == series(7) != series(8)
    assert set(series(7)) > {None, "554", "drop, taken"}


@pytest.fixture
def sink(tmp_path):
    from tests.chaos.servers import Sink

    started = Sink(str(tmp_path / "log"), seed=1, weather="calm", certificate=None)
    yield started
    started.running.kill()
    started.running.wait()


@pytest.mark.slow
def test_the_mail_server_writes_down_what_it_took(sink):
    port = int(sink.url.rpartition(":")[2])
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        assert client.has_extn("pipelining")
        client.sendmail("team@example.org", [ANN], b"Message-ID: <7@a>\n\n.Hello\n")
        client.docmd("MAIL", "FROM:<team@example.org>")
        client.docmd("RCPT", f"TO:<{BOB}>")
        assert client.docmd("DATA")[0] == 354
        # Without the final dot it is not taken.
        client.send(b"Message-ID: <8@a>\r\n\r\nHello\r\n")
        client.close()
    sink.stop()
    rows = [(row["to"], row["id"], row["replied"]) for row in sink.records]
    assert rows == [(ANN, "<7@a>", True)]


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize(
    "database",
    [
        pytest.param(
            "sqlite",
            marks=pytest.mark.skipif(
                connection.vendor != "sqlite", reason="once is enough"
            ),
        ),
        pytest.param("postgresql", marks=pytest.mark.services),
    ],
)
def test_nobody_is_missed_and_nobody_is_mailed_twice(database):
    command = [sys.executable, "-m", "tests.chaos", "--database", database]
    size = ["--runs", "2", "--recipients", "150", "--seed", "7"]
    done = subprocess.run(  # noqa: S603
        [*command, *size], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "every promise kept in 2" in done.stdout


def row(seed, *, naught=0, unknown=10, seconds="9"):
    sent = (4990, 4980, 0, unknown, 20)
    cells = (seed, "2 processes", "calm", "kill one, kill all", 3, *sent, naught)
    return f"| {' | '.join(map(str, (*cells, 0, 0, 0, 0, seconds)))} |"


def test_the_sums_are_those_of_the_table():
    table = [report.HEADING, row(2), row(1, naught=1), row(3, unknown=21)]
    rows = report.cells([*table, row(4, seconds=f"600{report.NOT_FINISHED}")])
    assert [cells[0] for cells in rows] == ["1", "2", "3", "4"]
    said = report.sums(rows, report.Found([], 20, "PostgreSQL", []), 5000)
    assert "4 runs of 5000 recipients; every promise kept in 1." in said
    assert "Missing 1, invented 0" in said
    assert "unknown 51 (limit 80)" in said
    assert "Faults of the mail server: 12. Done: kill all 4, kill one 4." in said
