"""What was recommended: who sees to it, how far it has come, and when they are reminded."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.evidence.models import Recommendation, RecommendationNote
from engagement.mail.services import messages

WEEK = timedelta(days=7)
State = Recommendation.State


class NoReason(Refused):
    """What is declined or taken back says why."""


class OneLanguageOnly(Refused):
    """Who sees to it is said in both languages or in neither."""


def assign(
    *, by: User | None, recommendation: Recommendation, fields: Mapping[str, Any]
) -> Recommendation:
    """Owner and day; whoever gets it, or gets more time, is reminded anew. Raises
    OneLanguageOnly."""
    with transaction.atomic():
        row = _locked(recommendation)
        before = (row.owner_id, row.due_on)
        for name, value in fields.items():
            setattr(row, name, value)
        if bilingual.missing(row, "owner_words"):
            raise OneLanguageOnly(
                _("Write this in English and in Welsh, or in neither.")
            )
        if (row.owner_id, row.due_on) != before:
            row.reminded_at = None
        row.save()
        entries.record(by=by, action="recommendation.assigned", target=row)
    return row


def move(
    *, by: User | None, recommendation: Recommendation, state: str, text: str, on: date
) -> Recommendation:
    """Into another state, with a dated note. Raises MoveNotAllowed; NoReason where what
    is declined has no words."""
    if state == State.DECLINED and not text.strip():
        raise NoReason(_("Say why it is declined."))
    with transaction.atomic():
        row = _locked(recommendation)
        check_move(Recommendation.MOVES, row.state, state)
        row.state, row.state_at = state, timezone.now()
        row.state_is_synthetic = False
        row.save()
        row.notes.create(on=on, text=text, state=state)
        entries.record(by=by, action="recommendation.moved", target=row, state=state)
    return row


def note(
    *, by: User | None, recommendation: Recommendation, text: str, on: date
) -> RecommendationNote:
    """How it stands, without a move."""
    with transaction.atomic():
        row = recommendation.notes.create(on=on, text=text)
        entries.record(by=by, action="recommendation.noted", target=recommendation)
    return row


def remind_due(*, by: User | None) -> int:
    """Mails each owner on the day and each week after; returns how many mails."""
    today = timezone.localdate()
    long_ago = timezone.make_aware(datetime.combine(today - WEEK, time.max))
    rows = Recommendation.objects.ahead().filter(
        Q(reminded_at=None) | Q(reminded_at__lte=long_ago),
        due_on__lte=today,
        owner__is_active=True,
    )
    return sum(_remind(by, row) for row in rows.select_related("owner", "study"))


def _remind(by: User | None, row: Recommendation) -> int:
    """The condition stands on the row alone: PostgreSQL asks it again after it has
    waited for another worker."""
    if row.owner is None:
        return 0
    with transaction.atomic():
        still = Recommendation.objects.ahead().filter(
            pk=row.pk, owner=row.owner, due_on=row.due_on, reminded_at=row.reminded_at
        )
        if not still.update(reminded_at=timezone.now()):
            return 0
        messages.send(
            kind="recommendation_due",
            # An account has no language; it is written to as the rest of the team is.
            to=row.owner.email,
            language=bilingual.active(),
            context={
                "recommendation": row,
                "study": row.study,
                "url": settings.SITE_URL + row.get_absolute_url(),
            },
        )
        entries.record(by=by, action="recommendation.reminded", target=row)
    return 1


def _locked(row: Recommendation) -> Recommendation:
    return Recommendation.objects.select_for_update().get(pk=row.pk)
