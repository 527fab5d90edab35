"""Hits from the files of `spool` into the database, each exactly once.

How far a file was read is in its row (`Taken`), committed together with the hits: what
is killed in between leaves both or neither. Several workers at once hold different rows,
and open a file only once they hold its row. A file goes when its process has ended or
left it, and all of it is in the database.
"""

import logging
import os
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from engagement.metrics.models import Hit, Taken
from engagement.metrics.services import judging, lines, spool, storing

logger = logging.getLogger(__name__)
# Read in one go: some thousands of lines.
BATCH_BYTES = 1024 * 1024
BAD = ".bad"


class Part(NamedTuple):
    """What was read of a file, up to the end of a line."""

    whole: list[bytes]
    size: int


def take() -> int:
    """All that is there; returns how many hits. Whoever is killed here can be followed
    by anybody."""
    taken = 0
    for path in spool.files():
        try:
            taken += _take_file(path)
        except FileNotFoundError:
            # Another worker has finished it meanwhile.
            Taken.objects.filter(name=path.name).update(gone=True)
    judging.judge_waiting()
    _forget_gone()
    return taken


def _take_file(path: Path) -> int:
    row = Taken.objects.filter(name=path.name).first()
    if row and path.stat().st_size == row.offset and _is_live(path):
        return 0
    if row is None:
        made = [Taken(name=path.name)]
        Taken.objects.bulk_create(made, ignore_conflicts=True)
    taken = 0
    while found := _take_batch(path):
        taken += found
    _finish(path)
    return taken


def _take_batch(path: Path) -> int:
    """How many lines were dealt with, in one transaction."""
    with transaction.atomic():
        if (row := _held(path)) is None:
            return 0
        with path.open("rb") as file:
            # Asked before it is read: what is over then is read to its end.
            over = spool.is_over(file.fileno())
            file.seek(row.offset)
            part = _part(file.read(BATCH_BYTES), over=over)
        if part.size == 0:
            return 0
        hits = _hits(path, part.whole)
        storing.store(hits)
        row.offset += part.size
        row.wait_for([hit.at for hit in hits])
        row.save()
    return len(part.whole)


def _part(read: bytes, *, over: bool) -> Part:
    """Up to the last newline. What follows it waits until it is whole; in a file that is
    over, it never will be, and neither is what has no newline for so long."""
    size = read.rfind(b"\n") + 1
    if (over and len(read) < BATCH_BYTES) or (not size and len(read) == BATCH_BYTES):
        size = len(read)
    return Part([line for line in read[:size].split(b"\n") if line], size)


def _hits(path: Path, whole: list[bytes]) -> list[Hit]:
    found = []
    for line in whole:
        try:
            found.append(lines.read(line))
        except lines.Unreadable as error:
            _set_aside(path, line, error)
    ids = storing.agent_ids({agent for _hit, agent in found})
    for hit, agent in found:
        hit.agent_id = ids[agent]
    return [hit for hit, _agent in found]


def _set_aside(path: Path, line: bytes, error: Exception) -> None:
    logger.error("A hit in %s cannot be read: %s", path.name, error)
    with path.with_suffix(BAD).open("ab") as file:
        file.write(line + b"\n")


def _finish(path: Path) -> None:
    """Removes a file that is over and was taken whole. It is locked meanwhile, so that
    the process that has just made it sees that it is gone and makes another."""
    with transaction.atomic():
        if (row := _held(path)) is None:
            return
        with path.open("rb") as file:
            if spool.is_over(file.fileno()) and _size(file.fileno()) == row.offset:
                path.unlink()
                row.gone = True
                row.save()


def _held(path: Path) -> Taken | None:
    """Its row, locked; None while another worker is at it, or has finished it."""
    rows = Taken.objects.select_for_update(skip_locked=True)
    return rows.filter(name=path.name).first()


def _is_live(path: Path) -> bool:
    with path.open("rb") as file:
        return not spool.is_over(file.fileno())


def _size(descriptor: int) -> int:
    return os.fstat(descriptor).st_size


def _forget_gone() -> None:
    """Rows of files that are gone, once their hits were held against their neighbours.
    Where the mark was lost with the process that removed the file, the row stays."""
    Taken.objects.filter(gone=True, since=None).delete()
