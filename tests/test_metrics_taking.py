"""Hits on their way: none is lost and none is counted twice, whatever is killed."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError

from engagement.metrics.models import Hit, Taken
from engagement.metrics.reading_rules import Facts
from engagement.metrics.services import judging, lines, spool, storing, taking

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def line(target=1, *, at=NOON, kind="article", letter=None, client=7, agent=CHROME):
    return lines.written(
        Facts(agent),
        at=at,
        kind=kind,
        target=target,
        study=None,
        language="en",
        client=client,
        letter=letter,
        sector="",
    )


def left(content, name="1-dead.hits"):
    """A file that a process has left."""
    path = Path(settings.HITS_DIR) / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_hit_is_as_it_was_written():
    at = NOON.replace(microsecond=123457)
    spool.add(line(12, at=at, letter=2**62, client=2**63 - 1))
    assert taking.take() == 1
    hit = Hit.objects.get()
    assert (hit.at, hit.target_kind, hit.target_id) == (at, "article", 12)
    assert (hit.client, hit.letter, hit.study_id) == (2**63 - 1, 2**62, None)
    assert (hit.agent.text, hit.language, hit.hit_class) == (CHROME, "en", "person")


def test_what_comes_later_is_taken_and_nothing_twice():
    for number in range(3):
        spool.add(line(number))
        assert taking.take() == 1
    assert taking.take() == 0
    assert sorted(Hit.objects.values_list("target_id", flat=True)) == [0, 1, 2]
    assert len(spool.files()) == 1, "this process still writes to it"


def test_a_file_that_is_over_goes_and_so_does_its_row():
    path = left(line(1) + line(2))
    assert taking.take() == 2
    assert not path.exists()
    assert not Taken.objects.exists()


def test_an_empty_file_goes_too():
    path = left(b"")
    assert taking.take() == 0
    assert not path.exists()


def test_a_line_that_is_not_whole_waits_until_it_is():
    spool.add(line(1) + line(2)[:40])
    assert taking.take() == 1
    assert taking.take() == 0
    spool.add(line(2)[40:])
    assert taking.take() == 1
    assert Hit.objects.count() == 2


def test_what_will_never_be_whole_is_set_aside(caplog):
    path = left(line(1) + line(2)[:40])
    taking.take()
    assert Hit.objects.get().target_id == 1
    assert path.with_suffix(".bad").read_bytes() == line(2)[:40] + b"\n"
    assert "1-dead.hits cannot be read" in caplog.text
    assert not path.exists()


@pytest.mark.parametrize(
    "bad",
    [
        b"nonsense\n",
        b"[]\n",
        b"{}\n",
        b"\xff\xfe\n",
        line().replace(b'"client":7', b'"client":"7"'),
        line().replace(b'"client":7', b'"client":99999999999999999999'),
        line().replace(b'"language":"en"', b'"language":"english"'),
        line().replace(b"false", b"0", 1),
        line(agent="x" * 301),
        line(kind="a\x00"),
    ],
)
def test_a_line_that_cannot_be_read_stops_no_other(bad):
    path = left(line(1) + bad + line(2))
    taking.take()
    assert Hit.objects.count() == 2
    assert path.with_suffix(".bad").read_bytes() == bad


def test_small_batches_are_the_same(monkeypatch):
    monkeypatch.setattr(taking, "BATCH_BYTES", 700)
    left(b"".join(line(number) for number in range(20)) + b'{"torn')
    taking.take()
    assert sorted(Hit.objects.values_list("target_id", flat=True)) == list(range(20))


def test_a_line_longer_than_a_batch_stops_nothing(monkeypatch):
    monkeypatch.setattr(taking, "BATCH_BYTES", 700)
    left(line(1) + b"x" * 2000 + b"\n" + line(2))
    taking.take()
    assert Hit.objects.count() == 2


def test_a_full_disk_costs_no_page_and_the_next_hit_is_whole(monkeypatch):
    """The kernel took a part only, which is what happens when a disk is full."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:30]))
    with pytest.raises(OSError, match="a part"):
        spool.add(line(1))
    monkeypatch.setattr(os, "write", real)
    spool.add(line(2))
    taking.take()
    assert Hit.objects.get().target_id == 2


def test_a_file_is_new_in_a_child_and_after_so_many_bytes():
    spool.add(line(1))
    child = os.fork()
    if child == 0:
        spool.add(line(2))
        os._exit(0)
    os.waitpid(child, 0)
    assert len(spool.files()) == 2
    assert spool._current is not None
    spool._current.left = 0
    spool.add(line(3))
    assert len(spool.files()) == 3
    taking.take()
    assert Hit.objects.count() == 3
    assert len(spool.files()) == 1


def test_a_burst_over_two_files_is_one():
    """Each was answered by another process, and taken by itself."""
    for number in range(3):
        at = NOON.replace(microsecond=number * 1000)
        left(
            line(number, at=at, kind="link", letter=5, client=number), f"{number}.hits"
        )
        taking.take()
    assert set(Hit.objects.values_list("rule", flat=True)) == {"burst"}
    assert judging.classify_again() == 0


def test_a_burst_whose_judging_was_killed_is_judged_by_the_next(monkeypatch):
    files = [line(n, kind="link", letter=5) for n in range(3)]
    left(b"".join(files))
    with monkeypatch.context() as killed:
        killed.setattr(judging, "judge_waiting", lambda: None)
        taking.take()
    assert set(Hit.objects.values_list("rule", flat=True)) == {"none of the others"}
    taking.take()
    assert set(Hit.objects.values_list("rule", flat=True)) == {"burst"}
    assert not Taken.objects.exists()


def test_history_loses_a_burst_that_is_none_any_more(monkeypatch):
    left(b"".join(line(n, kind="link", letter=5) for n in range(3)))
    taking.take()
    Hit.objects.filter(target_id=2).delete()
    assert judging.classify_again() == 2
    assert set(Hit.objects.values_list("rule", flat=True)) == {"none of the others"}


def test_a_database_that_is_away_loses_nothing(monkeypatch):
    left(line(1) + line(2))

    def away(hits):
        raise OperationalError("The database is away.")

    with monkeypatch.context() as broken:
        broken.setattr(storing, "store", away)
        with pytest.raises(OperationalError):
            taking.take()
    assert taking.take() == 2
    assert Hit.objects.count() == 2


def test_taking_costs_the_same_for_many(django_assert_max_num_queries):
    left(b"".join(line(n, client=n) for n in range(1000)))
    with django_assert_max_num_queries(45):
        taking.take()
    assert Hit.objects.count() == 1000


def test_the_command_says_how_many(capsys):
    left(line(1) + line(2))
    call_command("take_hits")
    assert capsys.readouterr().out == "2 hits are taken.\n"


RECORDING = """
import itertools, os, sys
os.environ["HITS_DIR"] = sys.argv[1]
import django
from django.conf import settings
django.setup()
from tests.test_metrics_taking import line
from engagement.metrics.services import spool
for number in itertools.count(1):
    spool.add(line(number))
    # Said after it was kept: a page that was answered.
    os.write(1, b"%d\\n" % number)
"""


@pytest.mark.slow
def test_no_hit_of_a_page_that_was_answered_is_lost_by_kill_9():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", RECORDING, str(settings.HITS_DIR)],
        stdout=subprocess.PIPE,
        env=environment,
    )
    for _number in range(2000):
        process.stdout.readline()
    process.kill()
    answered = 2000 + len(process.stdout.read().split())
    process.wait()
    process.stdout.close()
    taking.take()
    kept = set(Hit.objects.values_list("target_id", flat=True))
    assert set(range(1, answered + 1)) <= kept
    assert len(kept) == Hit.objects.count() <= answered + 1
    assert spool.files() == []


def test_a_line_is_small_and_has_no_address():
    found = json.loads(line())
    assert len(line()) < 400
    assert set(found) == {
        "at", "kind", "target", "study", "language", "client", "letter", "sector", "facts"
    }  # fmt: skip


TAKING = """
import os, sys
import django
from django.conf import settings
django.setup()
settings.HITS_DIR = __import__("pathlib").Path(sys.argv[1])
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from engagement.metrics.services import taking
taking.BATCH_BYTES = 20_000
os.write(1, b"ready\\n")
taking.take()
"""


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_taking_that_is_killed_and_taken_up_takes_each_once():
    """Again and again, by two at a time, on PostgreSQL."""
    wanted = 0
    for number in range(6):
        content = [line(wanted + n, client=n) for n in range(1500)]
        left(b"".join(content), f"{number}.hits")
        wanted += 1500
    name = connection.settings_dict["NAME"]
    command = [sys.executable, "-c", TAKING, str(settings.HITS_DIR), str(name)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    for wait in (0.02, 0.05, 0.1, 0.2):
        pair = [
            subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)  # noqa: S603
            for _worker in range(2)
        ]
        for process in pair:
            process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            pair[0].wait(wait)
        for process in pair:
            process.kill()
            process.wait()
            process.stdout.close()
    taking.take()
    assert Hit.objects.count() == wanted
    assert Hit.objects.values("target_id").distinct().count() == wanted
    assert spool.files() == []
    assert not Taken.objects.filter(gone=False).exclude(offset=0).exists()
