from typing import Any

from celery import shared_task

from engagement.mail.services import messages


@shared_task(name="mail.send")
def send(*, message_id: int, **kwargs: Any) -> None:
    messages.deliver(message_id=message_id)


@shared_task(name="mail.sweep")
def sweep(**kwargs: Any) -> None:
    messages.sweep()
