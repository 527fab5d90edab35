"""What people need at an event: whoever looks is written down."""

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.events.models import IN_FORCE, Event, Needs


def look(*, by: User | None, event: Event) -> list[Needs]:
    """Of everybody who may come, by name."""
    with transaction.atomic():
        rows = Needs.objects.filter(
            registration__event=event, registration__state__in=IN_FORCE
        )
        found = list(rows.select_related("registration").order_by("registration__name"))
        entries.record(by=by, action="event.needs_seen", target=event)
    return found
