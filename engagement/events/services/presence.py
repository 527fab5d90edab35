"""How long each of those registered was there, by all reports of their event."""

from collections import defaultdict
from collections.abc import Collection

from engagement.accounts.models import User
from engagement.core.states import check_move
from engagement.events.models import Attendance, Event, Participant, Registration
from engagement.events.services import stays

BATCH = 1000
State = Registration.State


def recount(by: User | None, event: Event, touched: Collection[int]) -> int:
    """Counts anew, from all reports that are applied, how long each of these was there;
    returns how many were."""
    minutes = _minutes(event, touched)
    registered = event.registrations.filter(pk__in=touched)
    for registration in registered.exclude(state=State.PLACE):
        if registration.pk in minutes:
            _seat(registration)
    marks = Attendance.objects.filter(registration__in=registered)
    marks.filter(method=Attendance.Method.REPORT).exclude(
        registration__in=minutes
    ).delete()
    known = list(marks)
    for mark in known:
        mark.minutes = minutes.get(mark.registration_id)
    Attendance.objects.bulk_update(known, ["minutes"], batch_size=BATCH)
    new = minutes.keys() - {mark.registration_id for mark in known}
    Attendance.objects.bulk_create(
        (
            Attendance(
                registration_id=pk,
                method=Attendance.Method.REPORT,
                minutes=minutes[pk],
                marked_by=by,
            )
            for pk in sorted(new)
        ),
        batch_size=BATCH,
    )
    return len(minutes)


def _minutes(event: Event, touched: Collection[int]) -> dict[int, int]:
    there: dict[int, list[stays.Stay]] = defaultdict(list)
    rows = Participant.objects.filter(
        report__event=event, report__applied_at__isnull=False, registration__in=touched
    )
    for pk, each in rows.values_list("registration_id", "stays"):
        there[pk] += stays.from_json(each)
    return {pk: stays.minutes(each) for pk, each in there.items() if each}


def _seat(registration: Registration) -> None:
    """Who was there had a place, whatever the list said."""
    check_move(Registration.MOVES, registration.state, State.PLACE)
    registration.state = State.PLACE
    registration.save(update_fields=["state"])
