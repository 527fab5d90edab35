"""Alarms that somebody has seen to."""

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.mail.models import Alarm


def close(*, by: User, alarm: Alarm) -> None:
    """A second time changes nothing."""
    with transaction.atomic():
        rows = Alarm.objects.filter(pk=alarm.pk, closed_at=None)
        if rows.update(closed_at=timezone.now()):
            entries.record(by=by, action="alarm.closed", target=alarm)
