"""The sending ledger: nobody silently missed, nobody automatically mailed twice.

`handed_over` is committed before a message's final dot leaves: after a crash such a
delivery is `unknown`, because SMTP cannot tell (RFC 1047). The database is the queue;
a task only wakes a worker.
"""

import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from engagement.audit.services import entries
from engagement.mail import queue
from engagement.mail.services import accounts, smtp, transports
from engagement.mail.services.accounts import Account
from engagement.mail.services.transports import Session
from engagement.people.services import suppressions
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import (
    approvals,
    ledger,
    marks,
    objections,
    pausing,
    posting,
    readings,
    segments,
)
from newsletters.services.ledger import Move, Row
from newsletters.services.segments import Prepared

BATCH = 400
# No more than goes in so long, where an account has a pace.
BATCH_SECONDS = 5
# A worker makes room for other work after so long, and is woken again.
TURN_SECONDS = 20
# How long an edit that nobody approved may go unseen by a worker that has its words.
LOOK_SECONDS = 5
SILENT = "It ended the conversation without a word on any message."
State = Delivery.State


@dataclass(frozen=True)
class Balance:
    """An issue's sum: recipients = accepted + rejected + suppressed + unknown."""

    recipients: int
    counts: dict[str, int]

    @property
    def settled(self) -> int:
        return sum(self.counts[state] for state in Delivery.SETTLED)

    @property
    def closes(self) -> bool:
        return self.settled == self.recipients


def balance(issue: Issue) -> Balance:
    """Counted from the rows each time, never kept beside them."""
    rows = issue.deliveries.values_list("state").annotate(Count("pk"))
    return Balance(issue.recipients, dict.fromkeys(State.values, 0) | dict(rows))


def wake(issue: Issue) -> None:
    """Tells as many workers as are worth it; call it after commit."""
    waiting = ledger.due(issue.pk, timezone.now()).count()
    for _ in range(min(settings.SENDING_WORKERS, math.ceil(waiting / BATCH))):
        queue.tell("newsletters.send_issue", issue_id=issue.pk)


def take_turn(issue_id: int) -> None:
    """Sends for TURN_SECONDS and has itself woken again where more is due."""
    send(issue_id, seconds=TURN_SECONDS)
    if _anything_due(issue_id):
        queue.tell("newsletters.send_issue", issue_id=issue_id)


def send(issue_id: int, *, most: float = math.inf, seconds: float = math.inf) -> int:
    """Sends what is due of an issue, up to `most` messages, begun within `seconds`;
    returns how many it claimed. An account that does not answer is set aside for the
    next; where none does, everything waits as it is."""
    claimed, until = 0, time.monotonic() + seconds
    usable = accounts.usable()
    while usable and claimed < most and _anything_due(issue_id):
        account, reason = usable[0], ""
        rows = spoken = 0
        try:
            with transports.open_session(account) as session:
                rows, spoken = _over(session, account, issue_id, most - claimed, until)
        except smtp.Deferred as failure:
            reason = str(failure)
        claimed += rows
        if spoken:
            accounts.works(account=account)
        elif rows or reason:
            accounts.set_aside(account=account, reason=reason or SILENT)
            usable = usable[1:]
        if (not rows and not reason) or time.monotonic() > until:
            break
    finish_if_balanced(issue_id)
    return claimed


def sweep() -> None:
    """Takes back leases that ran out, closes what balances, wakes workers for the rest
    where none is at work."""
    out = Issue.objects.filter(state__in=[Issue.State.SENDING, Issue.State.PAUSED])
    for issue in out:
        ledger.take_back(issue.pk, timezone.now())
        finish_if_balanced(issue.pk)
        if issue.state == Issue.State.SENDING and not ledger.lately_claimed(issue.pk):
            wake(issue)


def finish_if_balanced(issue_id: int) -> None:
    """An issue is finished only when its sum closes."""
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue_id)
        if issue.state != Issue.State.SENDING or not balance(issue).closes:
            return
        issue.state = Issue.State.FINISHED
        issue.finished_at = timezone.now()
        issue.save(update_fields=["state", "finished_at"])
        entries.record(
            by=None, action="issue.finished", target=issue, **balance(issue).counts
        )


def _over(
    session: Session, account: Account, issue_id: int, most: float, until: float
) -> tuple[int, int]:
    """Over one connection: how many were claimed, and of how many the server spoke."""
    issue = Issue.objects.select_related("newsletter").get(pk=issue_id)
    prepared: dict[tuple[str, str], Prepared] = {}
    claimed, spoken, after, looked = 0, 0, 0, -math.inf
    batch = min(BATCH, math.ceil(BATCH_SECONDS * (account.per_second or BATCH)))
    while session.trusted and claimed < most and time.monotonic() < until:
        rows = _claimed(issue_id, int(min(batch, most - claimed)), after)
        if not rows:
            break
        claimed, after = claimed + len(rows), rows[-1].pk
        rows = _still_wanted(issue, rows)
        kinds = _kinds(issue, rows)
        if new := set(kinds.values()) - prepared.keys():
            prepared |= {
                (lang, mark): segments.prepare(issue, lang, mark=mark)
                for lang, mark in new
            }
        # After the words were read to be rendered: an edit came before, and is seen.
        if new or time.monotonic() - looked > LOOK_SECONDS:
            looked = time.monotonic()
            if not approvals.unchanged(issue):
                pausing.pause_changed(issue)
                break
        mails = {row: prepared[kind] for row, kind in kinds.items()}
        spoken += posting.post(mails, issue, session, account)
    return claimed, spoken


def _kinds(issue: Issue, rows: list[Row]) -> dict[Row, tuple[str, str]]:
    """Which mail each gets: the language that stands first, and the mark of its links."""
    people = [row.person_id for row in rows if row.person_id]
    readers = readings.readers(issue.newsletter, people)
    uncounted = objections.uncounted(issue.newsletter, people)
    found = dict.fromkeys(readers, readings.MARK) | dict.fromkeys(uncounted, "")
    return {
        row: (row.language, found.get(row.person_id or 0, marks.MARK)) for row in rows
    }


def _claimed(issue_id: int, limit: int, after: int) -> list[Row]:
    rows = ledger.claim(issue_id, limit, after)
    return rows if rows or not after else ledger.claim(issue_id, limit)


def _still_wanted(issue: Issue, rows: list[Row]) -> list[Row]:
    """Without those whose subscription has ended since the audience was frozen, and
    those whose address at that time is one never written to now."""
    held = issue.deliveries.filter(
        pk__range=(rows[0].pk, rows[-1].pk), due_at=rows[0].due_at
    )
    people = Subscription.objects.in_force().filter(
        newsletter=issue.newsletter_id, person__in=held.values("person")
    )
    wanted = set(people.values_list("person_id", flat=True))
    never = suppressions.among([row.address for row in rows], since=issue.frozen_at)
    going = [r for r in rows if r.person_id in wanted and r.address not in never]
    if len(going) < len(rows):
        gone = set(rows) - set(going)
        ledger.write([Move(row, State.SUPPRESSED, "", row.attempts) for row in gone])
    return going


def _anything_due(issue_id: int) -> bool:
    sending = Issue.objects.filter(pk=issue_id, state=Issue.State.SENDING)
    return sending.exists() and ledger.due(issue_id, timezone.now()).exists()
