"""Leased deliveries go out over a connection, a group at a time.

A group is written down as leaving before its first message does, together with what
became of the group before it: one transaction for GROUP messages. A worker that dies
leaves at most that many behind of which nobody can know.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

from engagement.mail.services import pacing, smtp, verp
from engagement.mail.services.accounts import Account
from engagement.mail.services.outgoing import Outcome, Outgoing
from engagement.mail.services.smtp import Reply
from engagement.mail.services.transports import Session
from newsletters.models import Delivery, Issue
from newsletters.services import ledger
from newsletters.services.ledger import Move, Row
from newsletters.services.segments import Prepared

GROUP = 20
State = Delivery.State
Mail = tuple[Row, Outgoing]


def post(
    letters: Mapping[Row, Prepared],
    issue: Issue,
    session: Session,
    account: Account,
) -> int:
    """Hands over what may go now and puts the rest back; of how many the server spoke."""
    told: list[Move] = []
    rows, spoken = list(letters), 0
    try:
        for first in range(0, len(rows), GROUP):
            group = rows[first : first + GROUP]
            if not session.trusted:
                told += [Move(row, State.PENDING, "", row.attempts) for row in group]
                continue
            mails = list(_composed(group, issue, letters, told))
            mails = list(_paced(mails, account, told))
            ours = ledger.write(told, [row for row, _mail in mails], account.name)
            told.clear()
            for row, outcome in _exchanged(session, mails, ours):
                told.append(_move(row, outcome))
                spoken += outcome.reply.code > 0
                _heed(row, outcome.reply, account)
    finally:
        if told:
            ledger.write(told)
    return spoken


def _composed(
    rows: Iterable[Row],
    issue: Issue,
    letters: Mapping[Row, Prepared],
    told: list[Move],
) -> Iterator[Mail]:
    """An address that mail cannot carry is told to be rejected."""
    sender = smtp.ascii_address(issue.newsletter.sender_address)
    for row in rows:
        key = f"delivery-{row.pk}"
        try:
            message = letters[row].fill(
                recipient=row.address, token=row.token, name=key
            )
            recipient = smtp.ascii_address(row.address)
        except smtp.Rejected as failure:
            told.append(Move(row, State.REJECTED, str(failure), row.attempts))
        else:
            back = verp.return_path(key, fallback=sender)
            dotless = letters[row].dotless
            yield row, Outgoing(key, back, recipient, message, dotless)


def _paced(mails: Sequence[Mail], account: Account, told: list[Move]) -> Iterator[Mail]:
    """Those that may go, when they may; the others are told to be put back."""
    slots = pacing.take(account=account, addresses=[row.address for row, _ in mails])
    for (row, mail), slot in zip(mails, slots, strict=True):
        if slot is None:
            again = pacing.next_at(account=account, address=row.address)
            told.append(Move(row, State.DEFERRED, "", row.attempts, again))
        else:
            yield row, mail
    last = max(filter(None, slots), default=timezone.now())
    if last > (now := timezone.now()):
        time.sleep((last - now).total_seconds())


def _exchanged(
    session: Session, mails: Sequence[Mail], ours: Sequence[Row]
) -> Iterator[tuple[Row, Outcome]]:
    held = {row.pk: row for row in ours}
    going = [(held[row.pk], mail) for row, mail in mails if row.pk in held]
    outcomes = session.exchange([mail for _row, mail in going])
    for (row, _mail), outcome in zip(going, outcomes, strict=True):
        yield row, outcome


def _move(row: Row, outcome: Outcome) -> Move:
    """Later, with growing pauses. A server that has said "later" after the last pause
    too has refused; one that does not answer is waited for as long as it takes."""
    state, reply = outcome.state, outcome.reply
    if state == "unsent":
        return Move(row, State.DEFERRED, "", row.attempts, timezone.now(), left=False)
    if state != "deferred":
        return Move(row, state, str(reply), row.attempts)
    answered = reply.code not in (0, 421)
    if answered and row.attempts >= len(smtp.BACK_OFF):
        return Move(row, State.REJECTED, str(reply), row.attempts)
    pause = smtp.BACK_OFF[min(row.attempts, len(smtp.BACK_OFF) - 1)]
    attempts, again = row.attempts + int(answered), timezone.now() + pause
    return Move(row, State.DEFERRED, str(reply), attempts, again)


def _heed(row: Row, reply: Reply, account: Account) -> None:
    """421 is said of us all, 4.7.x of what we send to the person's domain."""
    if pacing.means_slow_down(reply):
        domain = "" if reply.code == 421 else row.address.rpartition("@")[2]
        pacing.slow_down(account=account, domain=domain, reply=reply)
