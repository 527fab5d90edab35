"""An address that does not exist, or whose owner complained, is never written to."""

from django.utils.translation import gettext_lazy as _

from engagement.mail import registry
from engagement.mail.models import Inbound
from engagement.people.models import Suppression
from engagement.people.services import suppressions

REASONS = {
    Inbound.Kind.HARD: Suppression.Reason.BOUNCED,
    Inbound.Kind.COMPLAINT: Suppression.Reason.COMPLAINED,
}


def _suppress(inbound: Inbound) -> list[str]:
    reason = REASONS.get(Inbound.Kind(inbound.kind))
    if not (reason and inbound.proven and inbound.final and inbound.address):
        return []
    suppressions.add(by=None, address=inbound.address, reason=reason)
    return ["suppressed"]


registry.add_handler(_suppress, {"suppressed": _("The address is never written to.")})
