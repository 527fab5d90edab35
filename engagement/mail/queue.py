from celery import current_app


def wake(message_id: int) -> None:
    """Tells a worker; the row is the queue, so a lost message only waits for the sweep."""
    current_app.send_task("mail.send", kwargs={"message_id": message_id})
