"""What is owed after a meeting: taken down, chased elsewhere, and said what came of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.groups.models import Action, AgendaItem, Meeting, Membership
from engagement.people import registry
from engagement.people.services import affiliations

# What a succession knows an action by; another owner, or an end, settles it.
HELD = "groups.action"
State = Action.State


class NotInTheGroup(Refused):
    """Whoever owes something to a group sits in it."""


class NoReason(Refused):
    """What was not done says why."""


class OneLanguageOnly(Refused):
    """What came of it is in both languages or in neither."""


def add(
    *,
    by: User | None,
    meeting: Meeting,
    text_en: str,
    text_cy: str,
    item: AgendaItem | None = None,
    owner: Membership | None = None,
    due_on: Any = None,
) -> Action:
    """Raises NotInTheGroup."""
    _check_owner(meeting.group_id, owner)
    with transaction.atomic():
        row = Action.objects.create(
            group_id=meeting.group_id,
            meeting=meeting,
            item=item,
            text_en=text_en,
            text_cy=text_cy,
            owner=owner,
            due_on=due_on,
        )
        entries.record(by=by, action="action.added", target=row)
    return row


def change(*, by: User | None, action: Action, fields: Mapping[str, Any]) -> Action:
    """Whoever gets it, or gets more time, is reminded anew. Raises NotInTheGroup."""
    with transaction.atomic():
        row = _locked(action)
        before = (row.owner_id, row.due_on)
        for name, value in fields.items():
            setattr(row, name, value)
        _check_owner(row.group_id, row.owner)
        if (row.owner_id, row.due_on) != before:
            row.reminded_at = None
        row.save()
        entries.record(by=by, action="action.changed", target=row)
        if row.owner_id != before[0]:
            affiliations.settle_about(by=by, target_kind=HELD, target_id=row.pk)
    return row


def settle(
    *, by: User | None, action: Action, state: str, outcome_en: str, outcome_cy: str
) -> Action:
    """Done, or not done and why. Raises MoveNotAllowed, NoReason, OneLanguageOnly."""
    with transaction.atomic():
        row = _locked(action)
        row.outcome_en, row.outcome_cy = outcome_en, outcome_cy
        if bilingual.missing(row, "outcome"):
            raise OneLanguageOnly(
                _("Write this in English and in Welsh, or in neither.")
            )
        if state == State.DROPPED and not outcome_en.strip():
            raise NoReason(_("Say why it was not done, in English and in Welsh."))
        _close(row, state)
        entries.record(by=by, action="action.settled", target=row, state=state)
    return row


def report_done(
    *, by: User | None, action: Action, words: str, language: str
) -> Action:
    """Its owner says so; the team writes the other language. Raises MoveNotAllowed."""
    with transaction.atomic():
        row = _locked(action)
        if words:
            setattr(row, f"outcome_{language}", words)
            setattr(row, f"outcome_{bilingual.other(language)}", "")
        _close(row, State.DONE)
        entries.record(by=by, action="action.reported", target=row)
    return row


def reopen(*, by: User | None, action: Action) -> Action:
    """It is to be done after all; what was said of it stays. Raises MoveNotAllowed."""
    with transaction.atomic():
        row = _locked(action)
        check_move(Action.MOVES, row.state, State.OPEN)
        row.state, row.settled_at, row.reminded_at = State.OPEN, None, None
        row.save()
        entries.record(by=by, action="action.reopened", target=row)
    return row


def held(action: Action) -> registry.Held:
    """For the succession of its owner. The group must be at hand."""
    what = {
        lang: f"{shown(action.group, 'name', lang).text}: "
        f"{shown(action, 'text', lang).text}"
        for lang in ("en", "cy")
    }
    url = action.get_absolute_url()
    return registry.Held(what["en"], what["cy"], HELD, action.pk, url)


def _locked(action: Action) -> Action:
    return Action.objects.select_for_update().get(pk=action.pk)


def _check_owner(group: int, owner: Membership | None) -> None:
    if owner and owner.seat.group_id != group:
        raise NotInTheGroup(_("Choose somebody who sits in the group."))


def _close(row: Action, state: str) -> None:
    check_move(Action.MOVES, row.state, state)
    row.state, row.settled_at = state, timezone.now()
    row.save()
    affiliations.settle_about(by=None, target_kind=HELD, target_id=row.pk)
