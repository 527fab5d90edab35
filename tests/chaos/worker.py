"""What sends during a drill: the site's own code, with shorter waits.

python -m tests.chaos.worker        a Celery worker with its beat
"""

# The site is loaded before its modules are.
# ruff: noqa: E402

import os
import sys
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings
from django.utils import timezone

from engagement.mail.services import accounts, conversation, pacing, smtp
from newsletters.models import Issue
from newsletters.services import deliveries, ledger, posting

LEASE_SECONDS = 2
SHORTER = {
    (smtp, "TIMEOUT_SECONDS"): 1.5,
    (smtp, "LAST_REPLY_SECONDS"): 1.5,
    (smtp, "BACK_OFF"): [timedelta(seconds=0.5)] * 4,
    (conversation, "MOST_SECONDS"): 1.5,
    (accounts, "PAUSES"): [timedelta(seconds=0.3)] * 3,
    (pacing, "FIRST"): 400.0,
    (pacing, "SLOWEST"): 100.0,
    (pacing, "FREE"): 800.0,
    (pacing, "EASES_AFTER"): timedelta(seconds=1),
    (ledger, "LEASE"): timedelta(seconds=LEASE_SECONDS),
    (ledger, "HAND_OVER"): timedelta(seconds=LEASE_SECONDS + 4),
}


def shorten():
    """Minutes become seconds, in the same order of length."""
    for (module, name), value in SHORTER.items():
        if not hasattr(module, name):
            raise LookupError(f"{module.__name__} has no {name} any more.")
        setattr(module, name, value)


def group():
    """How many messages a connection may have on their way at once."""
    return posting.GROUP


def send(slug, smtp_url, environment, log, clock):
    """A process as those of `manage.py send_issue`, whose clock is wrong by as many
    seconds as `clock` says."""
    out = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.update(environment)
    shorten()
    settings.SMTP_URL = smtp_url
    now = timezone.now
    timezone.now = lambda: now() + timedelta(seconds=clock.value)
    deliveries.send(Issue.objects.get(slug=slug).pk)


def main():
    from engagement.celery import app

    shorten()
    # Nothing but the sweep: the drill is about the ledger.
    sweep = app.conf.beat_schedule["sweep-deliveries"] | {"schedule": 0.5}
    app.conf.beat_schedule = {"sweep-deliveries": sweep}
    schedule = Path(os.environ["VAR_DIR"]) / f"beat-{os.getpid()}"
    app.worker_main(
        ["worker", "-B", "-P", "threads", "-c", sys.argv[1], "-s", str(schedule)]
    )


if __name__ == "__main__":
    main()
