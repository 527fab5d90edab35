"""Mail that came back, when the time to keep it is over."""

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.mail.models import Inbound


def forget(*, by: User | None, inbound: Inbound) -> None:
    with transaction.atomic():
        entries.record(by=by, action="inbound.forgotten", target=inbound)
        inbound.delete()
