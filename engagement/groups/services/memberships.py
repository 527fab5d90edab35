"""Who fills a seat."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups.models import Membership, Seat
from engagement.people.services import affiliations, people

# What a succession knows a seat by; filling the seat settles it.
SEAT = "groups.seat"


class Taken(Refused):
    """Somebody sits there."""


class NobodyKnown(Refused):
    """There is no person with this address."""


def fill(*, by: User | None, seat: Seat, email: str) -> Membership:
    """From today. Raises Taken, NobodyKnown or people.Gone."""
    with transaction.atomic():
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        if seat.memberships.filter(ended_on__isnull=True).exists():
            raise Taken(_("Somebody sits in this seat already."))
        person = people.find(email)
        if person is None:
            raise NobodyKnown(_("Nobody on record has this e-mail address."))
        membership = Membership.objects.create(
            seat=seat, person=people.locked(person), started_on=timezone.localdate()
        )
        affiliations.settle_about(by=by, target_kind=SEAT, target_id=seat.pk)
        # Whoever the report did not name has a name now, or has gone.
        seat.filled_unnamed = False
        seat.save()
        entries.record(by=by, action="seat.filled", target=seat)
    return membership


def end(*, by: User | None, membership: Membership) -> None:
    """As of today; a second time changes nothing."""
    with transaction.atomic():
        ended = Membership.objects.filter(
            pk=membership.pk, ended_on__isnull=True
        ).update(ended_on=timezone.localdate())
        if ended:
            entries.record(by=by, action="seat.vacated", target=membership.seat)
