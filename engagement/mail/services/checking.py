"""Whether the world will take our mail: domains, machines, encryption, headers.

It asks the network, which takes seconds: a page asks for a check and a worker carries it
out. The row is the queue; a check that a crash cut off is carried out again.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import punycode

from engagement.mail import known_senders, queue
from engagement.mail.models import SendingCheck
from engagement.mail.services.checks import (
    dkim,
    dmarc,
    headers,
    lookup,
    machines,
    spf,
    tls,
)
from engagement.mail.services.checks.finding import Finding

STUCK_AFTER = timedelta(minutes=5)


def start() -> SendingCheck:
    """A check to come; the one that waits, where one does."""
    with transaction.atomic():
        waiting = SendingCheck.objects.filter(at=None).first()
        if waiting:
            return waiting
        check = SendingCheck.objects.create()
        transaction.on_commit(
            lambda: queue.tell("mail.check_sending", check_id=check.pk)
        )
    return check


def carry_out(*, check_id: int, ask: lookup.Ask | None = None) -> None:
    """Nothing where it has been carried out. `ask` is for names (`lookup.asking`)."""
    waiting = SendingCheck.objects.filter(pk=check_id, at=None)
    if waiting.exists():
        found = [finding._asdict() for finding in run(ask or lookup.asking())]
        waiting.update(at=timezone.now(), results=found)


def sweep() -> None:
    """Wakes workers for checks that nobody has carried out in time."""
    late = timezone.now() - STUCK_AFTER
    stuck = SendingCheck.objects.filter(at=None, asked_at__lt=late)
    for pk in stuck.values_list("pk", flat=True):
        queue.tell("mail.check_sending", check_id=pk)


def run(ask: lookup.Ask) -> list[Finding]:
    """Everything, now."""
    senders, ours = known_senders.senders(), _machines(ask)
    jobs = [("tls", "", tls.check()), ("ptr", "", machines.check_names(ask, ours))]
    for domain in dict.fromkeys(_domain(one.envelope) for one in senders):
        jobs.append(("spf", domain, spf.check(ask, domain, ours)))
        jobs.append(("mx", domain, machines.check_return(ask, domain)))
    for domain in dict.fromkeys(_domain(one.address) for one in senders):
        keys = dkim.check(ask, domain, settings.DKIM_SELECTORS)
        jobs.append(("dkim", domain, keys))
    pairs = dict.fromkeys((_domain(x.address), _domain(x.envelope)) for x in senders)
    jobs += [("dmarc", pair[0], dmarc.check(ask, *pair)) for pair in pairs]
    found = [finding for job in jobs for finding in _answered(*job)]
    samples = [(one.sample(), one.address) for one in senders if one.sample]
    return [*found, *(each for sample in samples for each in headers.check(*sample))]


def _machines(ask: lookup.Ask) -> list[str]:
    try:
        return machines.of_ours(ask)
    except lookup.Unanswered:
        return []


def _answered(kind: str, about: str, found: Iterator[Finding]) -> Iterator[Finding]:
    """What was found until no answer came, and that none came."""
    try:
        yield from found
    except lookup.Unanswered as unanswered:
        yield Finding(f"{kind}.unanswered", about, {"name": str(unanswered)})


def _domain(address: str) -> str:
    return punycode(address.rpartition("@")[2]).lower()
