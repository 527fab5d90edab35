from typing import Any

from celery import shared_task

from engagement.outputs.services import publishing, search


@shared_task(name="outputs.publish_due")
def publish_due(**kwargs: Any) -> None:
    publishing.publish_due()


@shared_task(name="outputs.reindex")
def reindex(**kwargs: Any) -> None:
    """Words of a study, a subject or a term may have changed since."""
    search.reindex_all()
