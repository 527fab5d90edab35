import logging

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

logger = logging.getLogger(__name__)


def wake(message_id: int) -> None:
    """Tells a worker. The row is the queue: where the broker is down, the sweep will."""
    tell("mail.send", message_id=message_id)


def tell(task: str, **kwargs: int) -> None:
    """Sends a task by name; a broker that is down is logged, never raised."""
    try:
        # Once more and no longer: a person is waiting for their page.
        current_app.send_task(task, kwargs=kwargs, retry_policy={"max_retries": 1})
    except (OperationalError, ChannelError, OSError):
        logger.warning("No broker: %s waits for the sweep.", task)
