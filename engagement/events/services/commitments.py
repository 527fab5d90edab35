"""What was promised at an event: taken down, seen to, chased, and said what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.events.models import Commitment, Event, Registration
from engagement.events.models.afterwards import CommitmentQuerySet
from engagement.people.services import affiliations

HELD = "events.commitment"
State = Commitment.State


class OneLanguageOnly(Refused):
    """What is shown in public is in both languages."""


class NoReason(Refused):
    """What was not done says why."""


class Gone(Refused):
    """A participant may take a proposal back until it is taken up."""


class NotThere(Refused):
    """Whoever said it is registered for the same event."""


def add(
    *,
    by: User | None,
    event: Event,
    side: str,
    text: str,
    language: str,
    owner: User | None = None,
    due_on: date | None = None,
    registration: Registration | None = None,
) -> Commitment:
    """Taken down in one language, while people speak. Raises NotThere."""
    if registration and registration.event_id != event.pk:
        raise NotThere(_("This participant is not registered for this event."))
    with transaction.atomic():
        row = Commitment.objects.create(
            event=event,
            side=side,
            owner=owner,
            due_on=due_on,
            registration=registration,
            **{f"text_{language}": text},
        )
        entries.record(by=by, action="commitment.added", target=row, side=side)
    return row


def change(
    *, by: User | None, commitment: Commitment, fields: Mapping[str, Any]
) -> Commitment:
    """Changes these columns; whoever gets it, or gets more time, is reminded anew. One
    that was proposed is taken up by this. Raises OneLanguageOnly or Gone."""
    with transaction.atomic():
        row = _locked(commitment)
        before = (row.owner_id, row.due_on)
        for name, value in fields.items():
            setattr(row, name, value)
        if row.is_public and not (row.text_en.strip() and row.text_cy.strip()):
            raise OneLanguageOnly(
                _("Write it in English and in Welsh before it is shown in public.")
            )
        if (row.owner_id, row.due_on) != before:
            row.reminded_at = None
        taken_up = row.state == State.PROPOSED
        if taken_up:
            check_move(Commitment.MOVES, row.state, State.OPEN)
            row.state = State.OPEN
        row.save()
        entries.record(
            by=by,
            action="commitment.taken_up" if taken_up else "commitment.changed",
            target=row,
        )
    return row


def settle(
    *,
    by: User | None,
    commitment: Commitment,
    state: str,
    outcome_en: str,
    outcome_cy: str,
) -> Commitment:
    """Done, or not done and why. Raises MoveNotAllowed, NoReason or Gone."""
    with transaction.atomic():
        row = _locked(commitment)
        check_move(Commitment.MOVES, row.state, state)
        if state == State.DROPPED and not (outcome_en.strip() or outcome_cy.strip()):
            raise NoReason(_("Say why it was not done, in English or in Welsh."))
        row.outcome_en, row.outcome_cy = outcome_en, outcome_cy
        _close(row, state)
        entries.record(by=by, action="commitment.settled", target=row, state=state)
        affiliations.settle_about(by=by, target_kind=HELD, target_id=row.pk)
    return row


def reopen(*, by: User | None, commitment: Commitment) -> Commitment:
    """It is to be done after all; what was said of it stays. Raises MoveNotAllowed."""
    with transaction.atomic():
        row = _locked(commitment)
        check_move(Commitment.MOVES, row.state, State.OPEN)
        _open(row)
        entries.record(by=by, action="commitment.reopened", target=row)
    return row


def report(
    *, by: User | None, commitment: Commitment, answer: str, words: str, language: str
) -> Commitment:
    """What the participant says came of it: "done", "dropped", or "open" for not yet.

    Their words are what came of it, in their language; in the other one the team writes
    it anew. Said again it changes, as long as the link lasts. Raises NoReason.
    """
    if answer == State.DROPPED and not words.strip():
        raise NoReason(_("Say why it was not done."))
    with transaction.atomic():
        row = _locked(commitment)
        if words != getattr(row, f"outcome_{language}"):
            setattr(row, f"outcome_{language}", words)
            setattr(row, f"outcome_{bilingual.other(language)}", "")
        if row.state != State.OPEN:
            check_move(Commitment.MOVES, row.state, State.OPEN)
            _open(row)
        if answer != State.OPEN:
            check_move(Commitment.MOVES, row.state, answer)
            _close(row, answer)
        row.save()
        entries.record(by=by, action="commitment.reported", target=row, state=answer)
        if answer != State.OPEN:
            affiliations.settle_about(by=by, target_kind=HELD, target_id=row.pk)
    return row


def take_back(*, by: User | None, rows: CommitmentQuerySet) -> None:
    """Those that were only proposed; what the team has taken up stays."""
    with transaction.atomic():
        for row in rows.waiting().select_for_update():
            entries.record(by=by, action="commitment.taken_back", target=row)
            row.delete()


def _locked(commitment: Commitment) -> Commitment:
    """Raises Gone."""
    rows = Commitment.objects.select_for_update()
    row = rows.filter(pk=commitment.pk).first()
    if row is None:
        raise Gone(_("Whoever proposed this has taken it back."))
    return row


def _open(row: Commitment) -> None:
    row.state, row.settled_at, row.reminded_at = State.OPEN, None, None
    row.save()


def _close(row: Commitment, state: str) -> None:
    row.state, row.settled_at = state, timezone.now()
    row.save()
