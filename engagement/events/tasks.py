from typing import Any

from celery import shared_task

from engagement.events.services import (
    chasing,
    feedback,
    reminders,
    waiting_list,
)


@shared_task(name="events.sweep_offers")
def sweep_offers(**kwargs: Any) -> None:
    waiting_list.sweep()


@shared_task(name="events.remind")
def remind(**kwargs: Any) -> None:
    reminders.send_due()


@shared_task(name="events.ask_for_feedback")
def ask_for_feedback(**kwargs: Any) -> None:
    feedback.ask_due(by=None)


@shared_task(name="events.chase_commitments")
def chase_commitments(**kwargs: Any) -> None:
    chasing.remind_owners(by=None)
    chasing.ask_participants(by=None)
