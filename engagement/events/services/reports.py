"""Attendance reports of Teams and Zoom: checked, shown, then applied whole or not at all."""

import hashlib
from collections import Counter
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import (
    IN_FORCE,
    AttendanceReport,
    Event,
    Participant,
    Registration,
)
from engagement.events.services import (
    places,
    presence,
    report_matching,
    report_reading,
    stays,
)
from engagement.events.services.attendances import NotYet
from engagement.events.services.report_matching import Match
from engagement.events.services.report_reading import Somebody

BATCH = 1000
State = Registration.State


class Undone(Refused):
    """Somebody has undone the import meanwhile."""


class Plan(NamedTuple):
    """What a report would do."""

    program: str
    sha256: str
    found: list[tuple[Somebody, Match]]

    @property
    def counts(self) -> Counter[str]:
        """Participants by how they were found; `outside` are those that were there only
        before or after the event."""
        counts = Counter(participants=len(self.found))
        for somebody, match in self.found:
            counts["ignored" if match.ignored else match.how or "unmatched"] += 1
            counts["outside"] += not somebody.stays
        return counts


def check(event: Event, content: bytes) -> Plan:
    """What an import would do; changes nothing. Raises NotYet, or what
    report_reading.read raises."""
    if not event.takes_attendance:
        raise NotYet(_("Attendance can be marked from the day of the event on."))
    program, found = report_reading.read(content, event)
    matches = report_matching.match(event, found)
    pairs = list(zip(found, matches, strict=True))
    return Plan(program, hashlib.sha256(content).hexdigest(), pairs)


def upload(
    *, by: User | None, event: Event, name: str, content: bytes
) -> AttendanceReport:
    """Keeps what the file says, to be shown; the file itself is not kept. The same file
    again is the same report. Raises what `check` raises."""
    with transaction.atomic():
        event = places.lock(event)
        sha256 = hashlib.sha256(content).hexdigest()
        if known := event.reports.filter(sha256=sha256).first():
            return known
        plan = check(event, content)
        report = AttendanceReport.objects.create(
            event=event,
            program=plan.program,
            name=name[:200],
            sha256=sha256,
            imported_by=by,
        )
        rows = [_participant(report, *pair) for pair in plan.found]
        Participant.objects.bulk_create(rows, batch_size=BATCH)
        entries.record(by=by, action="report.uploaded", target=report)
    return report


def _participant(
    report: AttendanceReport, somebody: Somebody, match: Match
) -> Participant:
    there = somebody.stays
    return Participant(
        report=report,
        name=somebody.name,
        email=somebody.email,
        joined_at=there[0][0] if there else None,
        left_at=there[-1][1] if there else None,
        minutes=stays.minutes(there),
        stays=stays.as_json(there),
        registration_id=match.registration,
        ignored=match.ignored,
    )


def apply(*, by: User | None, report: AttendanceReport) -> AttendanceReport:
    """Marks as having come whom it found, with their minutes; a second time changes
    nothing. Who has cancelled since it was shown is left to be resolved. Raises NotYet
    or Undone."""
    with transaction.atomic():
        event, report = locked(report)
        if report.applied_at:
            return report
        if not event.takes_attendance:
            raise NotYet(_("Attendance can be marked from the day of the event on."))
        # Named by themselves, not joined to the participants: PostgreSQL may take a join
        # of two tables it knows nothing of yet row by row, which takes hours.
        gone = event.registrations.exclude(state__in=IN_FORCE).order_by()
        report.participants.filter(registration__in=gone.values("pk")).update(
            registration=None
        )
        report.applied_at = timezone.now()
        report.save(update_fields=["applied_at"])
        came = presence.recount(by, event, _found(report))
        entries.record(by=by, action="report.applied", target=report, came=came)
    return report


def read_now(
    *, by: User | None, event: Event, name: str, content: bytes
) -> tuple[AttendanceReport, bool]:
    """Uploaded and applied at once, for the command line; False where it was already.
    Raises what `upload` and `apply` raise."""
    with transaction.atomic():
        report = upload(by=by, event=event, name=name, content=content)
        fresh = report.applied_at is None
        return apply(by=by, report=report), fresh


def undo(*, by: User | None, report: AttendanceReport) -> None:
    """As if it had never been read. Whom only it made registered has cancelled then;
    marks by hand or at a door stay. Raises Undone."""
    with transaction.atomic():
        event, report = locked(report)
        found = _found(report)
        entries.record(by=by, action="report.undone", target=report)
        report.delete()
        presence.recount(by, event, found)
        made = event.registrations.live().filter(
            pk__in=found, source=Registration.Source.IMPORT, attendance=None
        )
        for registration in made:
            _give_back(by, registration)


def forget(*, by: User | None, row: AttendanceReport) -> None:
    """Names and addresses go, minutes stay; a report never applied goes whole."""
    with transaction.atomic():
        _event, report = locked(row)
        entries.record(by=by, action="report.forgotten", target=report)
        if report.applied_at:
            report.participants.update(name="", email="")
        else:
            report.delete()


def locked(report: AttendanceReport) -> tuple[Event, AttendanceReport]:
    """Its event's row is the lock. Raises Undone."""
    event = places.lock(report.event)
    found = event.reports.filter(pk=report.pk).first()
    if found is None:
        raise Undone(_("This import has been undone."))
    return event, found


def _found(report: AttendanceReport) -> set[int]:
    known = report.participants.exclude(registration=None)
    return set(known.values_list("registration_id", flat=True))


def _give_back(by: User | None, registration: Registration) -> None:
    check_move(Registration.MOVES, registration.state, State.CANCELLED)
    registration.state, registration.cancelled_at = State.CANCELLED, timezone.now()
    registration.save(update_fields=["state", "cancelled_at"])
    entries.record(by=by, action="registration.cancelled", target=registration)
