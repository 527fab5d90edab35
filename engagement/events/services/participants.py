"""Who the participants of a report are, said by hand where nothing else tells."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Event, Participant, Registration
from engagement.events.services import places, presence, reports
from engagement.people.services import people


class NotApplied(Refused):
    """Who somebody is can be said once the report is applied."""


class NotOfThisEvent(Refused):
    """A registration that is not in force for the report's event."""


class AlreadyRegistered(Refused):
    """The address has a registration in force: that is the one to choose."""


def ignore(*, by: User | None, participant: Participant) -> None:
    """A recorder, one of the team, nobody who counts. Raises NotApplied or Undone."""
    with transaction.atomic():
        event, participant = _participant_locked(participant)
        _settle(by, event, participant, None, ignored=True)


def choose(
    *, by: User | None, participant: Participant, registration: Registration
) -> None:
    """Says whom it is. Raises NotApplied, NotOfThisEvent or Undone."""
    with transaction.atomic():
        event, participant = _participant_locked(participant)
        if not event.registrations.in_force().filter(pk=registration.pk).exists():
            raise NotOfThisEvent(_("This registration is no longer in force."))
        _settle(by, event, participant, registration.pk)


def make(
    *,
    by: User | None,
    participant: Participant,
    name: str,
    email: str,
    organisation: str,
    sector: str,
    function: str,
) -> Registration:
    """Somebody who came without having registered. Raises NotApplied, AlreadyRegistered
    or Undone."""
    with transaction.atomic():
        event, participant = _participant_locked(participant)
        known = people.find(email) if email else None
        try:
            with transaction.atomic():
                registration = places.take(
                    by=by,
                    event=event,
                    source=Registration.Source.IMPORT,
                    language=known.language if known else "en",
                    name=name,
                    email=email,
                    organisation=organisation,
                    sector=sector,
                    function=function,
                )
        except IntegrityError as error:
            raise AlreadyRegistered(
                _("This address has registered. Choose that registration.")
            ) from error
        _settle(by, event, participant, registration.pk)
    return registration


def _participant_locked(participant: Participant) -> tuple[Event, Participant]:
    event, report = reports.locked(participant.report)
    if report.applied_at is None:
        raise NotApplied(_("Apply the report first."))
    return event, report.participants.get(pk=participant.pk)


def _settle(
    by: User | None,
    event: Event,
    participant: Participant,
    registration: int | None,
    *,
    ignored: bool = False,
) -> None:
    touched = {participant.registration_id, registration} - {None}
    participant.registration_id, participant.ignored = registration, ignored
    participant.save(update_fields=["registration", "ignored"])
    presence.recount(by, event, {pk for pk in touched if pk})
    entries.record(by=by, action="report.resolved", target=participant.report)
