"""The sending ledger: nobody silently missed, nobody automatically mailed twice.

Every move is a conditional UPDATE out of the table `Delivery.MOVES`, so that of two
workers only one can win. `handed_over` is committed before a message's final dot
leaves: after a crash such a delivery is `unknown`, because SMTP cannot tell (RFC 1047).
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from engagement.audit.services import entries
from engagement.mail import queue
from engagement.mail.services import smtp
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import approvals, pausing, rendering

BATCH = 50
LEASE = timedelta(minutes=5)
# Longer than a session waits for a server's last word.
HAND_OVER = timedelta(seconds=2 * smtp.LAST_REPLY_SECONDS)
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


def send_batch(issue_id: int) -> int:
    """Claims what is due of an issue and sends it; returns how many it claimed."""
    claimed = claim(issue_id, BATCH)
    if claimed:
        _send(_still_wanted(claimed))
    finish_if_balanced(issue_id)
    return len(claimed)


def claim(issue_id: int, limit: int) -> list[Delivery]:
    """Leases up to `limit` due deliveries to this worker, for LEASE from now."""
    now = timezone.now()
    with transaction.atomic():
        # Whoever pauses an issue or takes it back comes wholly before or after.
        issue = Issue.objects.select_for_update().get(pk=issue_id)
        if issue.state != Issue.State.SENDING:
            return []
        due = _locked(_due(issue_id, now).order_by("due_at", "pk"))[:limit]
        keys = [row.pk for row in due]
        Delivery.objects.filter(pk__in=keys).update(
            state=State.LEASED, due_at=now + LEASE
        )
    return list(
        Delivery.objects.filter(pk__in=keys)
        .select_related("issue__newsletter")
        .order_by("pk")
    )


def sweep() -> None:
    """Takes back leases that ran out, closes what balances, wakes workers for the rest."""
    out = Issue.objects.filter(state__in=[Issue.State.SENDING, Issue.State.PAUSED])
    for pk, state in out.values_list("pk", "state"):
        now = timezone.now()
        _take_back(pk, now)
        finish_if_balanced(pk)
        if state == Issue.State.SENDING and _due(pk, now).exists():
            queue.tell("newsletters.send_issue", issue_id=pk)


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


def _due(issue_id: int, now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        issue_id=issue_id, state__in=[State.PENDING, State.DEFERRED], due_at__lte=now
    )


def _take_back(issue_id: int, now: datetime) -> None:
    """From workers that died. What was leaving just then is never sent again by itself."""
    ran_out = Delivery.objects.filter(issue_id=issue_id, due_at__lte=now)
    ran_out.filter(state=State.LEASED).update(state=State.PENDING)
    ran_out.filter(state=State.HANDED_OVER).update(
        state=State.UNKNOWN,
        settled_at=now,
        reply="The worker stopped while the message was leaving.",
    )


def _locked(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """PostgreSQL: workers pass over each other's rows. SQLite: one writer at a time,
    because every transaction takes the write lock at its beginning."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def _still_wanted(deliveries: list[Delivery]) -> list[Delivery]:
    """Without those whose subscription has ended since the audience was frozen."""
    wanted = set(
        Subscription.objects.in_force()
        .filter(newsletter=deliveries[0].issue.newsletter_id)
        .filter(person__in=[delivery.person_id for delivery in deliveries])
        .values_list("person_id", flat=True)
    )
    for delivery in deliveries:
        if delivery.person_id not in wanted:
            _move(delivery, State.SUPPRESSED, settled_at=timezone.now())
    return [delivery for delivery in deliveries if delivery.person_id in wanted]


def _send(deliveries: list[Delivery]) -> None:
    """Over one connection, and a new one after each that breaks."""
    rendered = {
        delivery.language: rendering.render(delivery.issue, language=delivery.language)
        for delivery in {each.language: each for each in deliveries}.values()
    }
    # After the words were read to be rendered: an edit came before, and is seen here.
    if deliveries and not approvals.unchanged(deliveries[0].issue):
        pausing.pause_changed(deliveries[0].issue)
        return
    waiting = deque(deliveries)
    try:
        while waiting := deque(_held(waiting)):
            with smtp.connect() as session:
                trusted = True
                while waiting and trusted:
                    delivery = waiting.popleft()
                    trusted = _send_one(session, delivery, rendered[delivery.language])
    except smtp.Deferred as failure:
        # No server at all: nobody else of this batch will fare better.
        for delivery in waiting:
            _defer(delivery, failure)


def _held(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Those still leased to us: a pause takes a lease back before its time."""
    ours = {delivery.pk: delivery.due_at for delivery in deliveries}
    leased = Delivery.objects.filter(pk__in=ours, state=State.LEASED)
    held = set(leased.values_list("pk", "due_at"))
    return [each for each in deliveries if (each.pk, each.due_at) in held]


def _send_one(
    session: smtp.Session, delivery: Delivery, rendered: rendering.Rendered
) -> bool:
    """One message; False where the connection is no longer to be trusted."""
    if delivery.due_at <= timezone.now():
        # Our lease ran out while we waited: it is another worker's now.
        return True
    try:
        mail = rendering.message(delivery, rendered)
        session.envelope(delivery.issue.newsletter.sender_address, delivery.address)
        now = timezone.now()
        # Written down before it leaves; whoever no longer holds the lease may not send.
        if not _move(
            delivery, State.HANDED_OVER, handed_over_at=now, due_at=now + HAND_OVER
        ):
            return False
        reply = session.data(mail)
    except smtp.Rejected as failure:
        _settle(delivery, State.REJECTED, failure.reply)
    except smtp.Deferred as failure:
        _defer(delivery, failure)
        return not failure.ends_session
    except smtp.Lost as failure:
        _settle(delivery, State.UNKNOWN, failure.reply)
        return False
    else:
        _settle(delivery, State.ACCEPTED, reply)
    return True


def _defer(delivery: Delivery, failure: smtp.Deferred) -> None:
    """Later, with growing pauses. A server that has said "later" after the last pause
    too has refused; one that does not answer is waited for as long as it takes."""
    answered = not failure.ends_session
    if answered and delivery.attempts >= len(smtp.BACK_OFF):
        _settle(delivery, State.REJECTED, failure.reply)
        return
    pause = smtp.BACK_OFF[min(delivery.attempts, len(smtp.BACK_OFF) - 1)]
    _move(
        delivery,
        State.DEFERRED,
        attempts=delivery.attempts + int(answered),
        due_at=timezone.now() + pause,
        reply=str(failure),
    )


def _settle(delivery: Delivery, state: str, reply: smtp.Reply) -> None:
    _move(delivery, state, reply=str(reply), settled_at=timezone.now())


def _move(delivery: Delivery, state: str, **fields: datetime | str | int) -> bool:
    """True where this worker made the move; the table and the row both had a say.

    The end of the lease names the lease: who has lost theirs can change nothing. Only
    what the sweep called unknown is still settled by an answer that comes late.
    """
    before = [
        known
        for known in (delivery.state, State.UNKNOWN)
        if state in Delivery.MOVES.get(known, ())
    ]
    held = Delivery.objects.filter(
        pk=delivery.pk, state__in=before, due_at=delivery.due_at
    )
    if not held.update(state=state, **fields):
        return False
    for name, value in ({"state": state} | fields).items():
        setattr(delivery, name, value)
    return True
