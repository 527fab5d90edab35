"""How fast mail may leave: one pace for an account, and one for each domain it goes to.

All workers share the rows, so the pace is that of all machines together and outlives a
restart. A message takes the next free moment, as in the generic cell rate algorithm
(ITU-T I.371); who would have to wait for longer than HORIZON comes again later.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from engagement.mail.models import Pace
from engagement.mail.services.accounts import Account
from engagement.mail.services.smtp import Reply

HORIZON = timedelta(seconds=2)
# A server that says "slower" for the first time gets one a second, and at the worst one
# a minute. Without a further word the pace doubles after each of these times, and is
# free again once it is past FREE.
FIRST, SLOWEST, FREE = 1.0, 1 / 60, 32.0
EASES_AFTER = timedelta(minutes=5)
# What several workers are told about the same moment is told once.
SAME_WORD = timedelta(seconds=10)
# Further ahead than any pace leads: the clock was put back.
ASTRAY = timedelta(minutes=3)
LOOK_SECONDS = 1.0

_looked: dict[str, tuple[float, bool]] = {}


def take(*, account: Account, addresses: Sequence[str]) -> list[datetime | None]:
    """When each message may leave, at most HORIZON from now, and nobody else then; None
    where it may not: ask `next_at`. What is given is taken, whether it is used or not."""
    now = timezone.now()
    if not (account.limited or _slowed(account)):
        return [now] * len(addresses)
    domains = [domain_of(address) for address in addresses]
    with transaction.atomic():
        rows = _held(account, domains)
        given = [_slot(rows, account, domain, now) for domain in domains]
        Pace.objects.bulk_update(rows.values(), ["next_at", "day", "taken"])
    return given


def next_at(*, account: Account, address: str) -> datetime:
    """When to ask again for a message that may not go now."""
    now = timezone.now()
    domains = ["", domain_of(address)]
    rows = Pace.objects.filter(account=account.name, domain__in=domains)
    if any(_used_up(row, account, now) for row in rows):
        tomorrow = timezone.localtime(now).date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    return max([now + HORIZON, *(_free(row, now) for row in rows)])


def means_slow_down(reply: Reply) -> bool:
    """421, or an enhanced code 4.7.x: a policy and not a mailbox (RFC 3463, 3.8)."""
    return reply.code == 421 or (
        reply.code // 100 == 4 and reply.text.startswith("4.7.")
    )


def slow_down(*, account: Account, domain: str, reply: Reply) -> None:
    """Halves the pace of a domain, or of the account where it is ""."""
    now = timezone.now()
    with transaction.atomic():
        row = _held(account, [domain])[domain]
        if row.slowed_at and timedelta() <= now - row.slowed_at < SAME_WORD:
            return
        pace = _pace(row, now)
        row.per_second = FIRST if pace is None else max(pace / 2, SLOWEST)
        row.slowed_at, row.reason = now, str(reply)
        row.save()
    _looked.pop(account.name, None)


def slowed(account: Account) -> list[tuple[Pace, float]]:
    """The paces that are slow now, with messages a second."""
    now = timezone.now()
    rows = Pace.objects.filter(account=account.name, per_second__isnull=False)
    found = [(row, _pace(row, now)) for row in rows.order_by("domain")]
    return [(row, pace) for row, pace in found if pace is not None]


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _slowed(account: Account) -> bool:
    """Looked up once a second and process, so that who has no limits pays nothing."""
    at, found = _looked.get(account.name, (-LOOK_SECONDS, False))
    if time.monotonic() - at >= LOOK_SECONDS:
        found = bool(slowed(account))
        _looked[account.name] = (time.monotonic(), found)
    return found


def _held(account: Account, domains: Iterable[str]) -> dict[str, Pace]:
    """The rows of the account and these domains, made where they are missing, and held
    in one order by everybody."""
    wanted = sorted({"", *domains})
    new = [Pace(account=account.name, domain=domain) for domain in wanted]
    Pace.objects.bulk_create(new, ignore_conflicts=True)
    rows = Pace.objects.select_for_update().filter(
        account=account.name, domain__in=wanted
    )
    return {row.domain: row for row in rows.order_by("domain")}


def _slot(
    rows: dict[str, Pace], account: Account, domain: str, now: datetime
) -> datetime | None:
    whole, of_domain = rows[""], rows[domain]
    at = max(now, _free(whole, now), _free(of_domain, now))
    _turn_page(whole, timezone.localdate(now))
    if at > now + HORIZON or _used_up(whole, account, now):
        return None
    whole.taken += 1
    for row, limit in (
        (whole, account.per_second),
        (of_domain, account.per_domain_second),
    ):
        paces = [pace for pace in (limit, _pace(row, now)) if pace is not None]
        if paces:
            row.next_at = at + timedelta(seconds=1 / min(paces))
    return at


def _free(row: Pace, now: datetime) -> datetime:
    """From when on it is nobody's."""
    if row.next_at is None or row.next_at > now + ASTRAY:
        return now
    return row.next_at


def _used_up(row: Pace, account: Account, now: datetime) -> bool:
    if row.domain or account.per_day is None:
        return False
    return row.day == timezone.localdate(now) and row.taken >= account.per_day


def _turn_page(row: Pace, today: date) -> None:
    if row.day != today:
        row.day, row.taken = today, 0


def _pace(row: Pace, now: datetime) -> float | None:
    """Messages a second; None where nobody has asked for less."""
    if row.per_second is None or row.slowed_at is None:
        return None
    eased = max(0, (now - row.slowed_at) // EASES_AFTER)
    pace = row.per_second * 2.0 ** min(eased, 60)
    return pace if pace <= FREE else None
