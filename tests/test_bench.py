"""What `bin/bench` writes into docs/performance.md."""

import importlib
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.sending import Run, rounds, table

NAMES = [p.stem for p in Path(bench.__file__).parent.glob("*.py")]
NAMES = [name for name in NAMES if name not in {"__init__", "__main__", "measure"}]


@pytest.mark.parametrize("name", NAMES)
def test_each_measurement_can_be_prepared_and_says_what_it_measures(name):
    module = importlib.import_module(f"tests.bench.{name}")
    assert module.TITLE.endswith(".")
    assert callable(module.prepare)
    assert callable(module.cases)


def test_a_table_takes_the_place_of_its_earlier_one(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "PAGE", tmp_path / "performance.md")
    bench._write("two", "second")
    bench._write("one", "old")
    bench._write("one", "first")
    page = bench.PAGE.read_text()
    assert page.index("## one\n\nfirst") < page.index("## two\n\nsecond")
    assert "old" not in page


def test_a_ratio_is_to_the_limit_or_to_a_peer_of_the_same_run():
    fast = {"label": "fast", "unit": "s", "median": 0.5, "limit": 1, "against": ""}
    slow = {"label": "slow", "unit": "s", "median": 2, "limit": None, "against": "fast"}
    rows = [row | {"runs": 5} for row in (fast, slow)]
    lines = list(bench._table([{"database": "SQLite", "rows": rows}]))
    assert lines[2] == "| fast | SQLite | 500 ms | 1 s | 0.50 | 5 |"
    assert lines[3] == "| slow | SQLite | 2 s | 500 ms | 4.00 | 5 |"


def test_sending_is_compared_with_the_limit_and_with_the_best_of_the_others():
    def took(*seconds):
        return [
            Run(messages=1000, sending=one, whole=2 * one, cpu=0.5, sink=0, peak=90)
            for one in seconds
        ]

    cases = [rounds.Case(kind, None, kind) for kind in ("limit", "dolen", "other")]
    runs = {"limit": took(1), "dolen": took(2, 4, 5), "other": took(40)}
    lines = table.section(cases, runs, ["Title."]).splitlines()
    wanted = "| dolen | 1,000 | 250 | 0.25 | 10.0 | 125 | 0.50 | 0.00 | 90 | 3 | 200 to 500 |"
    assert wanted in lines
