from typing import Any

from celery import shared_task

from engagement.metrics.services import recount, recounts, salts, taking


@shared_task(name="metrics.take_hits")
def take_hits(**kwargs: Any) -> None:
    """What pages kept since; and the salts, each for its day."""
    salts.keep()
    taking.take()


@shared_task(name="metrics.count_today")
def count_today(**kwargs: Any) -> None:
    recount.today()


@shared_task(name="metrics.count_recent")
def count_recent(**kwargs: Any) -> None:
    recount.recent()


@shared_task(name="metrics.count_asked")
def count_asked(**kwargs: Any) -> None:
    recounts.sweep()
