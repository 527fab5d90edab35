"""How many places each sector may take up."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Event, Quota, Registration
from engagement.events.services import places, waiting_list
from engagement.people.models import Sector


class QuotaTooSmall(Refused):
    """More people of the sector have a place than that."""


def set_all(*, by: User | None, event: Event, most: Mapping[str, int | None]) -> None:
    """Exactly these; None takes a sector's away. What comes free by it is offered to
    whoever is next in line. Raises QuotaTooSmall."""
    with transaction.atomic():
        event = places.lock(event)
        rows = event.registrations.holding().order_by()
        rows = rows.exclude(source=Registration.Source.WALK_IN)
        held = dict(rows.values_list("sector").annotate(number=Count("pk")))
        for sector, number in most.items():
            if number is not None and number < held.get(sector, 0):
                raise QuotaTooSmall(
                    _("%(sector)s: more people have a place than this: %(number)s")
                    % {"sector": Sector(sector).label, "number": held[sector]}
                )
        event.quotas.all().delete()
        Quota.objects.bulk_create(
            Quota(event=event, sector=sector, places=number)
            for sector, number in most.items()
            if number is not None
        )
        entries.record(by=by, action="event.quotas_set", target=event)
        waiting_list.settle(by=by, event=event)
