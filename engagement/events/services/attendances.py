"""Who came. The boxes of the list and the devices at the doors write into one ledger of
check-ins; for each registration the last word in it decides."""

import uuid
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import Attendance, CheckIn, Event, Registration
from engagement.events.services import places

IN, UNDO = CheckIn.Action.IN, CheckIn.Action.UNDO
Method, State = Attendance.Method, Registration.State


class NotYet(Refused):
    """Nobody has come to an event before its day."""


class NotRegistered(Refused):
    """A mark for somebody who has no registration in force for this event."""


def mark(
    *,
    by: User | None,
    event: Event,
    came: Collection[int],
    shown: Collection[int] | None = None,
) -> int:
    """The registrations with these ids came; returns how many have by now.

    `shown` are those whose boxes were ticked before anything was changed: who is in both
    or in neither is left as the doors have them meanwhile. Left out: exactly these came.
    Marking the same people again changes nothing. Raises NotYet or NotRegistered.
    """
    with transaction.atomic():
        event = places.lock(event)
        check_open(event)
        known = set(_of(event).values_list("registration_id", flat=True))
        before = known if shown is None else set(shown)
        live = set(event.registrations.live().values_list("pk", flat=True))
        if not set(came) <= live:
            raise NotRegistered(
                _("Somebody has cancelled in the meantime. Load the page again.")
            )
        rows = [
            *(_word(by, event, pk, IN) for pk in set(came) - before - known),
            *(_word(by, event, pk, UNDO) for pk in (before & known) - set(came)),
        ]
        settle(by=by, event=event, rows=rows, method=Method.LIST)
        number = _of(event).count()
        entries.record(
            by=by, action="event.attendance_marked", target=event, came=number
        )
    return number


def check_open(event: Event) -> None:
    """Raises NotYet."""
    if not event.takes_attendance:
        raise NotYet(_("Attendance can be marked from the day of the event on."))


def settle(
    *, by: User | None, event: Event, rows: Collection[CheckIn], method: str
) -> None:
    """Keeps these rows, and makes attendance what all that is said by now comes to: the
    same in whichever order and parts it comes in. Whoever calls holds the event's row.

    A check-in gives a place to who was waiting for one. Who walked in is registered for
    as long as they are in. Who has no place any more does not come to have attended: the
    row says that a door let them in. No door undoes what a report of the meeting says.
    """
    CheckIn.objects.bulk_create(rows)
    people = event.registrations.in_bulk({row.registration_id for row in rows})
    said = _said(people)
    for one in people.values():
        _give_place(by, one, said[one.pk])
    came = {
        pk
        for pk, one in people.items()
        if one.state == State.PLACE and said[pk][-1] == IN
    }
    gone = _of(event).filter(registration__in=people.keys() - came)
    if method == Method.DOOR:
        gone = gone.filter(minutes=None).exclude(method=Method.REPORT)
    gone.delete()
    known = set(_of(event).values_list("registration_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(registration_id=pk, method=method, marked_by=by)
        for pk in sorted(came - known)
    )


def _said(people: Mapping[int, Registration]) -> dict[int, list[str]]:
    """What was said of each, the last word last; of two at one moment the key decides,
    which is the same whichever came in first."""
    said: dict[int, list[str]] = {pk: [] for pk in people}
    rows = CheckIn.objects.filter(registration__in=people).order_by("at", "key")
    for pk, action in rows.values_list("registration_id", "action"):
        said[pk].append(action)
    return said


def _give_place(by: User | None, one: Registration, said: list[str]) -> None:
    walked_in = one.source == Registration.Source.WALK_IN
    if walked_in and one.state in {State.PLACE, State.CANCELLED}:
        state = State.PLACE if said[-1] == IN else State.CANCELLED
        move(by=by, registration=one, state=state)
    elif one.state in {State.WAITING, State.OFFERED} and IN in said:
        move(by=by, registration=one, state=State.PLACE)


def move(*, by: User | None, registration: Registration, state: str) -> None:
    """To this state, at the door; nothing where it is the one it has, or where who comes
    after all has registered again and comes by that."""
    one = registration
    again = one.event.registrations.in_force().filter(email=one.email)
    if one.state == state or (
        one.email and state == State.PLACE and again.exclude(pk=one.pk).exists()
    ):
        return
    check_move(Registration.MOVES, one.state, state)
    one.state = state
    one.cancelled_at = timezone.now() if state == State.CANCELLED else None
    one.save(update_fields=["state", "cancelled_at"])
    entries.record(
        by=by,
        action="registration.let_in"
        if state == State.PLACE
        else "registration.cancelled",
        target=one,
    )


def _of(event: Event) -> QuerySet[Attendance]:
    return Attendance.objects.filter(registration__event=event)


def _word(by: User | None, event: Event, pk: int, action: str) -> CheckIn:
    return CheckIn(
        key=uuid.uuid4(),
        event=event,
        registration_id=pk,
        action=action,
        at=timezone.now(),
        by=by,
    )
