"""What staff may do with a sending account."""

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.mail.models import AccountState


def try_again(*, by: User, state: AccountState) -> None:
    """It takes mail again at once. What it failed before is not forgotten: where it
    fails again, it is set aside for longer."""
    with transaction.atomic():
        waiting = AccountState.objects.filter(pk=state.pk, failing_until__isnull=False)
        if waiting.update(failing_until=None):
            entries.record(by=by, action="account.tried_again", target=state)
