"""What dashboards show: counted for each reader where that takes no time, and ahead of
them where a study is too large for it."""

import time
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from engagement.core.bilingual import active
from engagement.reports import gathering, periods
from engagement.reports.gathering import Document
from engagement.reports.models import Board
from engagement.reports.periods import Period
from engagement.studies.models import Study

# Seconds that a reader may wait for what is counted: half of what a page may take, as
# the other language is counted for less. And how long the page keeps what took longer.
QUICK, KEPT = 0.15, 600


def usual(study: Study, key: str) -> Document:
    """One of periods.USUAL."""
    board = Board.objects.filter(study=study, period=key).first()
    if board and board.seconds > QUICK:
        return _in_language(board)
    period = periods.usual(study, key, timezone.now())
    return _kept(study, period, key)


def _in_language(board: Board) -> Document:
    document: Document = board.data[active()]
    return document


def days(study: Study, period: Period) -> Document:
    """Of any two days."""
    return _kept(study, period, periods.DAYS)


def _kept(study: Study, period: Period, key: str) -> Document:
    """What took long is kept for those who ask soon after."""
    name = f"board-{study.pk}-{key}-{period.first}-{period.last}-{active()}"
    kept: Document | None = cache.get(name)
    if kept:
        return kept
    start = time.perf_counter()
    document = gathering.document(study, period)
    if time.perf_counter() - start > QUICK:
        cache.set(name, document, KEPT)
    return document


def count(study: Study, key: str) -> None:
    """Anew, in both languages, in place of what was there."""
    start = time.perf_counter()
    data = gathering.documents(study, periods.usual(study, key, timezone.now()))
    # A reader is shown one language.
    seconds = (time.perf_counter() - start) / len(data)
    Board.objects.update_or_create(
        study=study,
        period=key,
        defaults={"data": data, "counted_at": timezone.now(), "seconds": seconds},
    )


def count_all() -> None:
    """Those that are due. One that took ten minutes rests for over three hours: counting
    keeps a worker busy for a twentieth of its time at the most."""
    known = {
        (board.study_id, board.period): board for board in Board.objects.defer("data")
    }
    for study in Study.objects.all():
        for key in periods.USUAL:
            if _is_due(known.get((study.pk, key))):
                count(study, key)


def _is_due(board: Board | None) -> bool:
    if board is None:
        return True
    rest = timedelta(seconds=20 * board.seconds)
    return board.counted_at + rest <= timezone.now()
