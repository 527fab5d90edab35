"""The rows of the sending ledger: who may move one, and how many at once.

Every move is a conditional UPDATE out of the table `Delivery.MOVES`. The end of a lease
names the lease: who has lost theirs can change nothing, so that of two workers only one
can win. Only what the sweep called unknown is still settled by an answer that comes late.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from psycopg import Cursor

from engagement.mail.services import conversation, smtp
from newsletters.models import Delivery, Issue

LEASE = timedelta(minutes=5)
# Longer than a group of messages can wait for a server's words.
HAND_OVER = timedelta(
    seconds=conversation.MOST_SECONDS
    + smtp.LAST_REPLY_SECONDS
    + 4 * smtp.TIMEOUT_SECONDS
)
State = Delivery.State
STOPPED = "The worker stopped while the message was leaving."


class Row(NamedTuple):
    """A delivery as its worker holds it, until `due_at`."""

    pk: int
    person_id: int | None
    address: str
    language: str
    token: str
    attempts: int
    due_at: datetime


class Move(NamedTuple):
    """What became of a row. `left` is False where nothing of its message has left."""

    row: Row
    state: str
    reply: str
    attempts: int
    due_at: datetime | None = None
    left: bool = True


def due(issue_id: int, now: datetime) -> "QuerySet[Delivery]":
    """What waits for nothing but a worker. What is pending is due whatever a clock that
    was put back says."""
    waits = Q(state=State.PENDING) | Q(state=State.DEFERRED, due_at__lte=now)
    return Delivery.objects.filter(waits, issue_id=issue_id)


def claim(issue_id: int, limit: int, after: int = 0) -> list[Row]:
    """Leases up to `limit` due deliveries, of a number above `after`, to this worker, for
    LEASE from now.

    A worker that goes on from its last number does not look at what is settled again; at
    the end it begins once more at 0.
    """
    now = timezone.now()
    with transaction.atomic():
        # Whoever pauses an issue or takes it back comes wholly before or after.
        issue = Issue.objects.select_for_update().get(pk=issue_id)
        if issue.state != Issue.State.SENDING:
            return []
        rows = due(issue_id, now).filter(pk__gt=after)
        # PostgreSQL: workers pass over each other's rows. SQLite: one writer at a time,
        # because every transaction takes the write lock at its beginning.
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows.order_by("pk").values_list(*Row._fields)[:limit])
        held = Delivery.objects.filter(pk__in=[key for key, *_ in found])
        held.update(state=State.LEASED, due_at=now + LEASE)
    return [Row(*values)._replace(due_at=now + LEASE) for values in found]


def lately_claimed(issue_id: int) -> bool:
    """Whether a worker took something up in the last minute."""
    since = timezone.now() + LEASE - timedelta(minutes=1)
    rows = Delivery.objects.filter(issue_id=issue_id, state=State.LEASED)
    return rows.filter(due_at__gt=since).exists()


def write(
    moves: Sequence[Move], leaving: Sequence[Row] = (), account: str = ""
) -> list[Row]:
    """In one transaction, what became of the last group, and that the next, of one
    claim, is leaving by `account`. Gives those of `leaving` that are still ours, held
    for HAND_OVER from now.

    It is committed when this returns, before any of their final dots can leave.
    """
    now = timezone.now()
    until = now + HAND_OVER
    write_down = _at_once if connection.vendor == "postgresql" else _in_turn
    ours = write_down(moves, leaving, {"now": now, "until": until, "account": account})
    return [row._replace(due_at=until) for row in leaving if row.pk in ours]


def take_back(issue_id: int, now: datetime) -> None:
    """From workers that died. What was leaving just then is never sent again by itself."""
    ran_out = Delivery.objects.filter(issue_id=issue_id, due_at__lte=now)
    ran_out.filter(state=State.LEASED).update(state=State.PENDING)
    ran_out.filter(state=State.HANDED_OVER).update(
        state=State.UNKNOWN, settled_at=now, reply=STOPPED
    )


def _before(state: str) -> list[str]:
    """From which states a worker may move a row of its own to this one."""
    mine = [State.LEASED, State.HANDED_OVER]
    late = [State.UNKNOWN] if state in (State.ACCEPTED, State.REJECTED) else []
    return [known.value for known in mine + late if state in Delivery.MOVES[known]]


# Never other words than these, so that they are planned once for all groups.
WRITE = """
    WITH told AS (
        SELECT * FROM json_to_recordset(%s::json) AS told (id bigint, held timestamptz,
            state text, reply text, attempts int, due_at timestamptz, has_left bool)
    ), settled AS (
        UPDATE newsletters_delivery AS kept SET
            state = told.state, reply = told.reply, attempts = told.attempts,
            due_at = told.due_at,
            settled_at = CASE WHEN told.state = ANY(%s) THEN %s::timestamptz END,
            handed_over_at = CASE WHEN told.has_left THEN kept.handed_over_at END
        FROM told
        WHERE kept.id = told.id AND kept.due_at = told.held
            AND kept.state || '>' || told.state = ANY(%s)
            -- Said again, for no plan knows how few rows the list has.
            AND kept.id = ANY(%s::bigint[])
    )
    UPDATE newsletters_delivery SET
        state = 'handed_over', handed_over_at = %s, due_at = %s, account = %s
    WHERE id = ANY(%s::bigint[]) AND due_at = %s AND state = 'leased'
    RETURNING id"""
MAY = [f"{before}>{state}" for state in State.values for before in _before(state)]
SETTLED = list(Delivery.SETTLED)


def _at_once(
    moves: Sequence[Move], leaving: Sequence[Row], how: dict[str, Any]
) -> set[int]:
    """One statement, and so one journey and one commit."""
    told, keys = json.dumps(_told(moves)), _array(move.row for move in moves)
    held = leaving[0].due_at if leaving else None
    settle = (told, SETTLED, how["now"], MAY, keys)
    lead = (how["now"], how["until"], how["account"], _array(leaving), held)
    connection.ensure_connection()
    # Django's own cursor never leaves a statement ready with the server.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(WRITE, settle + lead, prepare=True, binary=True)
        return {key for (key,) in cursor.fetchall()}


def _in_turn(
    moves: Sequence[Move], leaving: Sequence[Row], how: dict[str, Any]
) -> set[int]:
    """The same, a row at a time: SQLite is asked without a journey."""
    with transaction.atomic():
        for row, state, reply, attempts, due_at, left in moves:
            of_row = Delivery.objects.filter(
                pk=row.pk, due_at=row.due_at, state__in=_before(state)
            )
            settled_at = how["now"] if state in Delivery.SETTLED else None
            gone = {} if left else {"handed_over_at": None}
            of_row.update(
                state=state,
                reply=reply,
                attempts=attempts,
                due_at=due_at or row.due_at,
                settled_at=settled_at,
                **gone,
            )
        if not leaving:
            return set()
        held = Delivery.objects.filter(
            pk__in=[row.pk for row in leaving],
            due_at=leaving[0].due_at,
            state=State.LEASED,
        )
        ours = set(held.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=ours).update(
            state=State.HANDED_OVER,
            handed_over_at=how["now"],
            due_at=how["until"],
            account=how["account"],
        )
    return ours


def _array(rows: Iterable[Row]) -> str:
    return f"{{{','.join(str(row.pk) for row in rows)}}}"


def _told(moves: Iterable[Move]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "held": row.due_at.isoformat(),
            "state": state,
            "reply": reply,
            "attempts": attempts,
            "due_at": (due_at or row.due_at).isoformat(),
            "has_left": left,
        }
        for row, state, reply, attempts, due_at, left in moves
    ]
