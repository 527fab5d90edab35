"""The sending ledger: nobody silently missed, nobody automatically mailed twice.

Every move is a conditional UPDATE out of the table `Delivery.MOVES`, so that of two
workers only one can win. `handed_over` is committed before a message's final dot
leaves: after a crash such a delivery is `unknown`, because SMTP cannot tell (RFC 1047).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from engagement.audit.services import entries
from engagement.mail import queue
from engagement.mail.services import smtp
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import rendering

BATCH = 50
LEASE = timedelta(minutes=5)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
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
    due = Delivery.objects.filter(
        issue_id=issue_id, state__in=[State.PENDING, State.DEFERRED], due_at__lte=now
    )
    with transaction.atomic():
        keys = [row.pk for row in _locked(due.order_by("due_at", "pk"))[:limit]]
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
    now = timezone.now()
    ran_out = Delivery.objects.filter(due_at__lte=now)
    ran_out.filter(state=State.LEASED).update(state=State.PENDING)
    ran_out.filter(state=State.HANDED_OVER).update(
        state=State.UNKNOWN,
        settled_at=now,
        reply="The worker stopped while the message was leaving.",
    )
    for pk in Issue.objects.filter(state=Issue.State.SENDING).values_list(
        "pk", flat=True
    ):
        finish_if_balanced(pk)
        due = Q(state__in=[State.PENDING, State.DEFERRED], due_at__lte=now)
        if Delivery.objects.filter(due, issue_id=pk).exists():
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
    waiting = list(reversed(deliveries))
    rendered: dict[str, rendering.Rendered] = {}
    while waiting:
        try:
            with smtp.connect() as session:
                while waiting:
                    delivery = waiting.pop()
                    if delivery.language not in rendered:
                        rendered[delivery.language] = rendering.render(
                            delivery.issue, language=delivery.language
                        )
                    if not _send_one(session, delivery, rendered[delivery.language]):
                        break
        except smtp.Deferred as failure:
            # No server at all: nobody else of this batch will fare better.
            for delivery in waiting:
                _defer(delivery, failure.reply)
            return


def _send_one(
    session: smtp.Session, delivery: Delivery, rendered: rendering.Rendered
) -> bool:
    """One message; False where the connection is no longer to be trusted."""
    mail = rendering.message(delivery, rendered)
    try:
        session.envelope(delivery.issue.newsletter.sender_address, delivery.address)
        # Another worker may hold it by now, if our lease ran out while we waited.
        if not _move(delivery, State.HANDED_OVER, handed_over_at=timezone.now()):
            return False
        reply = session.data(mail)
    except smtp.Rejected as failure:
        _settle(delivery, State.REJECTED, failure.reply)
    except smtp.Deferred as failure:
        _defer(delivery, failure.reply)
        # 421 and silence end the conversation (RFC 5321, 3.8).
        return failure.reply.code not in (0, 421)
    except smtp.Lost as failure:
        _settle(delivery, State.UNKNOWN, failure.reply)
        return False
    else:
        _settle(delivery, State.ACCEPTED, reply)
    return True


def _defer(delivery: Delivery, reply: smtp.Reply) -> None:
    """Later, with growing pauses. A server that has said "later" after the last pause
    too has refused; one that does not answer is waited for as long as it takes."""
    answered = reply.code > 0
    if answered and delivery.attempts >= len(BACK_OFF):
        _settle(delivery, State.REJECTED, reply)
        return
    pause = BACK_OFF[min(delivery.attempts, len(BACK_OFF) - 1)]
    _move(
        delivery,
        State.DEFERRED,
        attempts=delivery.attempts + int(answered),
        due_at=timezone.now() + pause,
        reply=str(reply),
    )


def _settle(delivery: Delivery, state: str, reply: smtp.Reply) -> None:
    _move(delivery, state, reply=str(reply), settled_at=timezone.now())


def _move(delivery: Delivery, state: str, **fields: datetime | str | int) -> bool:
    """True where this worker made the move; the table and the row both had a say."""
    before = [state_ for state_, afters in Delivery.MOVES.items() if state in afters]
    moved = Delivery.objects.filter(pk=delivery.pk, state__in=before).update(
        state=state, **fields
    )
    return moved == 1
