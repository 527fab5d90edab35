"""What a page may say of a registration: the same for an address that is registered
already as for one that is not."""

from typing import Any, NamedTuple

from django.db import transaction

from engagement.accounts.models import User
from engagement.events.models import Event, Registration
from engagement.events.services import places, registration_mail, registrations

State = Registration.State


class Receipt(NamedTuple):
    """`in_line` is the place on the waiting list, 0 for who has a place."""

    reference: str
    state: str
    in_line: int


def register(
    *, by: User | None, event: Event, sector: str, reference: str, **fields: Any
) -> Receipt:
    """As `registrations.register`. For a known address it says what it would say for a
    new one; sent twice with one reference, what it said the first time."""
    with transaction.atomic():
        made = registrations.enter(
            by=by, event=event, sector=sector, reference=reference, **fields
        )
        state = made.state
        if made.reference != reference:
            free = places.is_free(made.event, sector)
            state = State.PLACE if free else State.WAITING
        line = 0
        if state == State.WAITING:
            is_new = made.reference == reference
            others = made.event.registrations.in_line().count() + 1
            line = places.in_line(made) if is_new else others
    registration_mail.write_due(made)
    return Receipt(reference, str(state), line)
