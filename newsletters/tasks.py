from typing import Any

from celery import shared_task

from newsletters.services import deliveries, documents, scheduling


@shared_task(name="newsletters.send_issue")
def send_issue(*, issue_id: int, **kwargs: Any) -> None:
    """Sends what is due now; what is deferred waits for the sweep."""
    while deliveries.send_batch(issue_id):
        pass


@shared_task(name="newsletters.sweep")
def sweep(**kwargs: Any) -> None:
    deliveries.sweep()


@shared_task(name="newsletters.make_documents")
def make_documents(*, issue_id: int, **kwargs: Any) -> None:
    documents.make_missing(issue_id)


@shared_task(name="newsletters.sweep_documents")
def sweep_documents(**kwargs: Any) -> None:
    documents.sweep()


@shared_task(name="newsletters.start_due")
def start_due(**kwargs: Any) -> None:
    scheduling.start_due()
