"""What becomes of a decision after it was recorded."""

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.groups.models import Decision


def redact(*, by: User | None, decision: Decision, redacted: bool) -> None:
    """Hides it from the public, or shows it; its number stays taken."""
    with transaction.atomic():
        changed = Decision.objects.filter(pk=decision.pk).exclude(redacted=redacted)
        if changed.update(redacted=redacted):
            entries.record(by=by, action="decision.redacted", target=decision)
