"""One mail on its own, by the first account that answers."""

import time

from django.utils import timezone

from engagement.mail.services import accounts, pacing, smtp, transports
from engagement.mail.services.accounts import Account
from engagement.mail.services.outgoing import Outcome, Outgoing
from engagement.mail.services.smtp import Reply

NONE_FREE = Reply(0, "No sending account can take it now.")


def hand_over(mail: Outgoing) -> Outcome:
    """What became of it; "deferred" where no account took it. The next account is asked
    only while the mail has not begun to leave."""
    outcome = Outcome(mail.key, "deferred", NONE_FREE)
    for account in accounts.usable():
        [slot] = pacing.take(account=account, addresses=[mail.recipient])
        if slot is None:
            continue
        time.sleep(max(0.0, (slot - timezone.now()).total_seconds()))
        outcome = _by(account, mail)
        if outcome.state != "deferred" or outcome.reply.code not in (0, 421):
            accounts.works(account=account)
            break
        accounts.set_aside(account=account, reason=str(outcome.reply))
    return outcome


def _by(account: Account, mail: Outgoing) -> Outcome:
    try:
        with transports.open_session(account) as session:
            return next(iter(session.exchange([mail])))
    except smtp.Deferred as failure:
        return Outcome(mail.key, "deferred", failure.reply)
