"""When a release comes out, as everybody is told (Code of Practice for Statistics, T3).

What has been announced is changed for a reason that everybody can read, in both
languages, and that stays. To name the day in the month that was announced is no change.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import clocks
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import Release, ReleaseChange
from engagement.outputs.services import releases

CLOCK = ZoneInfo(clocks.HOME)
State = Release.State


class NotAhead(Refused):
    """It has gone."""


class NoReason(Refused):
    """A change of what was announced says why, in both languages."""


class NothingNew(Refused):
    """That is what is announced now."""


def plan(
    *,
    by: User | None,
    release: Release,
    month: date,
    reason_en: str = "",
    reason_cy: str = "",
) -> Release:
    """It comes in the month of that day. Raises NotAhead, NoReason, NothingNew, or
    MoveNotAllowed where it is out."""
    first = month.replace(day=1)
    if first < localdate().replace(day=1):
        raise NotAhead(_("Choose a month that has not gone."))
    return _announce(by, release, State.PLANNED, first, None, (reason_en, reason_cy))


def confirm(
    *,
    by: User | None,
    release: Release,
    at: datetime,
    reason_en: str = "",
    reason_cy: str = "",
) -> Release:
    """It comes at that moment, by itself. Raises as `plan` does."""
    if at <= timezone.now():
        raise NotAhead(_("Choose a time that is still to come."))
    return _announce(by, release, State.CONFIRMED, None, at, (reason_en, reason_cy))


def cancel(
    *, by: User | None, release: Release, reason_en: str, reason_cy: str
) -> Release:
    """It stays in the calendar with the reason. Raises NoReason or MoveNotAllowed."""
    with transaction.atomic():
        release = releases.locked(release.pk)
        check_move(Release.MOVES, release.state, State.CANCELLED)
        _check_reason(reason_en, reason_cy)
        _note(by, release, None, None, (reason_en, reason_cy))
        release.state, release.held_reason = State.CANCELLED, ""
        release.cancelled_reason_en = reason_en
        release.cancelled_reason_cy = reason_cy
        release.planned_month = release.publish_at = None
        release.save()
        entries.record(by=by, action="release.cancelled", target=release)
    return release


def needs_reason(
    release: Release, *, month: date | None = None, at: datetime | None = None
) -> bool:
    """Whether this would be a change of what everybody was told."""
    if release.state == State.DRAFT:
        return False
    if release.state == State.PLANNED and at and release.planned_month:
        day = localdate(at, CLOCK)
        return day.replace(day=1) != release.planned_month
    return True


def _announce(
    by: User | None,
    release: Release,
    state: str,
    month: date | None,
    at: datetime | None,
    reason: tuple[str, str],
) -> Release:
    with transaction.atomic():
        release = releases.locked(release.pk)
        check_move(Release.MOVES, release.state, state)
        if (release.state, _month(release), release.publish_at) == (state, month, at):
            raise NothingNew(_("That is what is announced now."))
        if needs_reason(release, month=month, at=at):
            _check_reason(*reason)
        _note(by, release, month, at, reason)
        release.state, release.held_reason = state, ""
        release.planned_month, release.publish_at = month, at
        release.cancelled_reason_en = release.cancelled_reason_cy = ""
        release.save()
        entries.record(
            by=by,
            action="release.announced",
            target=release,
            when=f"{month:%Y-%m}" if month else f"{at:%Y-%m-%d %H:%M %z}",
        )
    return release


def _check_reason(*reason: str) -> None:
    if not all(text.strip() for text in reason):
        raise NoReason(_("Say why it changes, in English and in Welsh."))


def _note(
    by: User | None,
    release: Release,
    month: date | None,
    at: datetime | None,
    reason: tuple[str, str],
) -> None:
    ReleaseChange.objects.create(
        release=release,
        by=by,
        old_month=_month(release),
        old_at=release.publish_at,
        new_month=month,
        new_at=at,
        reason_en=reason[0],
        reason_cy=reason[1],
    )


def _month(release: Release) -> date | None:
    """As it was announced: with its day it has none."""
    return None if release.publish_at else release.planned_month
