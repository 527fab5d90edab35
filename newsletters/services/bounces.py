"""What the ledger learns from mail that came back.

The end depends on what came back, never on its order: an arrival outweighs a bounce in
saying whether an issue got there, the worst bounce is the one shown, and the first of
its kind says when.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from engagement.audit.services import entries
from engagement.mail.models import Alarm, Inbound
from engagement.mail.services import accounts, alarms, pacing
from engagement.mail.services.smtp import Reply
from engagement.people.models import Suppression
from engagement.people.services import suppressions
from newsletters.models import Delivery

Kind, State = Inbound.Kind, Delivery.State
PREFIX = "delivery-"
# The address is given up after so many different issues within so long.
ISSUES = 3
WITHIN = timedelta(days=30)
OPEN = (State.HANDED_OVER, State.UNKNOWN, State.REJECTED)
ARRIVED = "What came back shows that it arrived."


def apply(inbound: Inbound) -> list[str]:
    """What came back about an issue to one person, in the caller's transaction; gives
    codes of what was done."""
    if not (inbound.proven and inbound.key.startswith(PREFIX)):
        return []
    number = int(inbound.key.removeprefix(PREFIX))
    rows = Delivery.objects.select_related("issue").filter(pk=number)
    if (delivery := rows.first()) is None:
        return []
    if inbound.kind in Inbound.ARRIVED:
        return _arrived(delivery, inbound)
    return _bounced(delivery, inbound) if inbound.bounced else []


def _arrived(delivery: Delivery, inbound: Inbound) -> list[str]:
    return ["settled"] if _settle(delivery, State.ACCEPTED, inbound) else []


def _bounced(delivery: Delivery, inbound: Inbound) -> list[str]:
    done = ["settled"] if _settle(delivery, State.REJECTED, inbound) else []
    if _mark(delivery, inbound):
        done.append("marked")
    if inbound.kind == Kind.SOFT and _give_up(delivery):
        done.append("given_up")
    if inbound.kind == Kind.BLOCK:
        alarms.raise_alarm(
            kind=Alarm.Kind.BLOCK, text=inbound.reason, account=delivery.account
        )
        _slow_down(delivery, inbound)
        done.append("alarm")
    return done


def _slow_down(delivery: Delivery, inbound: Inbound) -> None:
    """To that domain, by the account that carried it: the fault is ours."""
    domain, words = pacing.domain_of(delivery.address), Reply(451, inbound.reason)
    for account in accounts.configured():
        if account.name == delivery.account:
            pacing.slow_down(account=account, domain=domain, reply=words)


def _settle(delivery: Delivery, state: str, inbound: Inbound) -> bool:
    """Moves what is not known, or is just leaving; True where it did."""
    before = [known for known in OPEN if state in Delivery.MOVES[known]]
    rows = Delivery.objects.filter(pk=delivery.pk, state__in=before)
    # Refused in the conversation itself is refused; what only came back may arrive yet.
    rows = rows.exclude(state=State.REJECTED, bounced_at=None)
    reply = ARRIVED if state == State.ACCEPTED else inbound.reason
    now = timezone.now()
    if not rows.update(state=state, settled_at=now, reply=reply):
        return False
    entries.record(
        by=None,
        action="delivery.settled_by_mail",
        target=delivery,
        state=state,
        kind=inbound.kind,
    )
    return True


def _mark(delivery: Delivery, inbound: Inbound) -> bool:
    """The worst kind, and the first time that it was said."""
    order = [kind.value for kind in Inbound.BOUNCES]
    milder = ["", *order[order.index(inbound.kind) + 1 :]]
    later = Q(bounce=inbound.kind, bounced_at__gt=inbound.received_at)
    rows = Delivery.objects.filter(
        Q(bounce__in=milder) | later,
        pk=delivery.pk,
        state__in=[State.ACCEPTED, State.REJECTED],
    )
    return bool(rows.update(bounce=inbound.kind, bounced_at=inbound.received_at))


def _give_up(delivery: Delivery) -> bool:
    """True where too many issues came back from this address in too short a time.

    Counted from what came back, not from the deliveries: those say only the worst.
    """
    if delivery.person_id is None or not delivery.address:
        return False
    mails = Delivery.objects.filter(
        person=delivery.person_id, address__iexact=delivery.address
    )
    issues = {f"{PREFIX}{pk}": issue for pk, issue in mails.values_list("pk", "issue")}
    came_back = Inbound.objects.filter(
        key__in=issues, kind=Kind.SOFT, proven=True, final=True
    )
    # Whoever has confirmed the address since begins anew.
    if lifted := suppressions.lifted_at(delivery.address):
        came_back = came_back.filter(received_at__gt=lifted)
    times = sorted(came_back.values_list("received_at", "key"))
    for first, _key in times:
        window = {issues[key] for at, key in times if first <= at <= first + WITHIN}
        if len(window) >= ISSUES:
            suppressions.add(
                by=None,
                address=delivery.address,
                reason=Suppression.Reason.KEEPS_BOUNCING,
            )
            return True
    return False
