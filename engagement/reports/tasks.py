from typing import Any

from celery import shared_task
from django.utils import timezone

from engagement.reports.services import boards, papers, reports


@shared_task(name="reports.make")
def make(*, report_id: int, **kwargs: Any) -> None:
    reports.make(report_id)


@shared_task(name="reports.sweep")
def sweep(**kwargs: Any) -> None:
    reports.sweep()
    papers.add_due()


@shared_task(name="reports.count_boards")
def count_boards(**kwargs: Any) -> None:
    boards.count_all()


@shared_task(name="reports.make_quarterly")
def make_quarterly(**kwargs: Any) -> None:
    reports.ask_for_quarters(timezone.localdate())
