"""What is over is listed, a week later checked again and done, row by row."""

import logging
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.people import keeping
from engagement.people.models import Due
from engagement.people.services import people

logger = logging.getLogger(__name__)
# Long enough for whoever is away for a few days to see it coming.
NOTICE = timedelta(days=7)


class NotListed(Refused):
    """It was done meanwhile, or is not due any more."""


class Night(NamedTuple):
    """How many were listed anew, were done by each rule, or turned out not to be due any
    more; and the numbers of those that failed."""

    listed: int
    done: Counter[str]
    dropped: int
    failed: list[int]


def night(*, by: User | None, at: datetime | None = None) -> Night:
    """What each night does: first what was listed a week ago, then the list."""
    done = act(by=by, at=at)
    return done._replace(listed=list_due(by=by, at=at))


def list_due(*, by: User | None, at: datetime | None = None) -> int:
    """Lists what is due at that time and is not on the list. How many are new."""
    now = at or timezone.now()
    return sum(_list(by, rule, now) for rule in keeping.rules())


def act(*, by: User | None, at: datetime | None = None) -> Night:
    """Does what was listed long enough ago, is not held and is still due, each in a
    transaction of its own: one that fails is reported and tried again the next night."""
    now = at or timezone.now()
    done: Counter[str] = Counter()
    dropped, failed = 0, []
    for rule in keeping.rules():
        ready = Due.objects.open().filter(rule=rule.key, held_at=None, due_at__lte=now)
        for pk in list(ready.values_list("pk", flat=True)):
            try:
                was_due = _act(by, rule, pk, now)
            except Exception:
                logger.exception("retention: %s #%s failed", rule.key, pk)
                _fail(by, pk, now)
                failed.append(pk)
            else:
                done[rule.key] += was_due
                dropped += not was_due
    return Night(0, +done, dropped, failed)


def hold(*, by: User | None, due: Due, reason: str) -> None:
    """Nothing happens to it until it is released. Raises NotListed."""
    with transaction.atomic():
        due = _open(due)
        due.held_by, due.held_reason, due.held_at = by, reason, timezone.now()
        due.save(update_fields=["held_by", "held_reason", "held_at"])
        entries.record(by=by, action="retention.held", target=due)


def release(*, by: User | None, due: Due) -> None:
    """Its week of notice begins anew. Raises NotListed."""
    with transaction.atomic():
        due = _open(due)
        if due.held_at is None:
            return
        due.held_by, due.held_reason, due.held_at = None, "", None
        due.due_at = max(due.due_at, timezone.now() + NOTICE)
        due.save()
        entries.record(by=by, action="retention.released", target=due)


def _list(by: User | None, rule: keeping.Rule, now: datetime) -> int:
    listed = Due.objects.open().filter(rule=rule.key)
    before = now - rule.keep + (NOTICE if rule.ended else timedelta())
    with transaction.atomic():
        rows = rule.due(before).exclude(pk__in=listed.values("target_id"))
        new = [
            Due(
                rule=rule.key,
                target_kind=rule.model._meta.label_lower,
                target_id=row.pk,
                person_id=rule.person(row),
                listed_at=now,
                due_at=rule.ended(row) + rule.keep if rule.ended else now + NOTICE,
            )
            for row in rows
            if not rule.excepts(row)
        ]
        made = Due.objects.bulk_create(new, batch_size=500)
        entries.record_many(by=by, action="retention.listed", targets=made)
    return len(made)


def _act(by: User | None, rule: keeping.Rule, pk: int, now: datetime) -> bool:
    """False where it is not due any more, or is held."""
    with transaction.atomic():
        _lock_person(pk)
        rows = Due.objects.open().filter(pk=pk, held_at=None).select_for_update()
        if (due := rows.first()) is None:
            return False
        row = rule.still_due(due.target_id, now - rule.keep)
        if row is None:
            entries.record(by=by, action="retention.dropped", target=due)
            due.delete()
            return False
        # Before it acts: whoever is erased takes what is open about them along.
        due.person, due.failed_at, due.done_at = None, None, now
        due.save()
        rule.act(by=by, row=row)
        entries.record(by=by, action="retention.done", target=due)
    return True


def _lock_person(pk: int) -> None:
    """Whoever writes about somebody holds this lock: they come back wholly before it is
    asked whether they are still due, or wholly after."""
    due = Due.objects.filter(pk=pk).select_related("person").first()
    if due and due.person:
        with suppress(people.Gone):
            people.locked_with_merged(due.person)


def _fail(by: User | None, pk: int, now: datetime) -> None:
    with transaction.atomic():
        due = Due.objects.filter(pk=pk).first()
        if due is None:
            return
        due.failed_at = now
        due.save(update_fields=["failed_at"])
        entries.record(by=by, action="retention.failed", target=due)


def _open(due: Due) -> Due:
    row = Due.objects.open().filter(pk=due.pk).select_for_update().first()
    if row is None:
        raise NotListed(_("This is no longer on the list."))
    return row
