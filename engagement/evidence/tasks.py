from typing import Any

from celery import shared_task

from engagement.evidence.services import recommendations


@shared_task(name="evidence.remind")
def remind(**kwargs: Any) -> None:
    recommendations.remind_due(by=None)
