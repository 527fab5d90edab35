from typing import Any

from celery import shared_task

from newsletters.services import (
    deliveries,
    documents,
    link_checks,
    scheduling,
    unknowns,
)


@shared_task(name="newsletters.send_issue")
def send_issue(*, issue_id: int, **kwargs: Any) -> None:
    """Sends what is due now; what is deferred waits for the sweep."""
    deliveries.take_turn(issue_id)


@shared_task(name="newsletters.sweep")
def sweep(**kwargs: Any) -> None:
    deliveries.sweep()


@shared_task(name="newsletters.settle_opened")
def settle_opened(*, delivery_id: int, **kwargs: Any) -> None:
    unknowns.settle_opened(delivery_id=delivery_id)


@shared_task(name="newsletters.make_documents")
def make_documents(*, issue_id: int, **kwargs: Any) -> None:
    documents.make_missing(issue_id)


@shared_task(name="newsletters.sweep_documents")
def sweep_documents(**kwargs: Any) -> None:
    documents.sweep()


@shared_task(name="newsletters.check_links")
def check_links(*, issue_id: int, **kwargs: Any) -> None:
    link_checks.look_at_issue(issue_id)


@shared_task(name="newsletters.check_all_links")
def check_all_links(**kwargs: Any) -> None:
    link_checks.look_at_all()


@shared_task(name="newsletters.start_due")
def start_due(**kwargs: Any) -> None:
    scheduling.start_due()
