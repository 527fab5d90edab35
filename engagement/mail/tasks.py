from typing import Any

from celery import shared_task

from engagement.mail.services import bounces, checking, fetching, messages


@shared_task(name="mail.send")
def send(*, message_id: int, **kwargs: Any) -> None:
    messages.deliver(message_id=message_id)


@shared_task(name="mail.sweep")
def sweep(**kwargs: Any) -> None:
    messages.sweep()
    checking.sweep()


@shared_task(name="mail.fetch_bounces")
def fetch_bounces(**kwargs: Any) -> None:
    # First, so that a mailbox that does not answer holds nothing up.
    bounces.sweep()
    fetching.fetch()


@shared_task(name="mail.check_sending")
def check_sending(*, check_id: int, **kwargs: Any) -> None:
    checking.carry_out(check_id=check_id)
