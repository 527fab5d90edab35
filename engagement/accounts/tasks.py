from typing import Any

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.clear_sessions")
def clear_sessions(**kwargs: Any) -> None:
    """Those that have run out: what waits in one is to go when it does."""
    call_command("clearsessions")
