"""Addresses that are never written to again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import digests
from engagement.people.models import Person, Suppression


def add(*, by: User | None, address: str, reason: str) -> None:
    """From now on, whatever is imported. A second time keeps the first reason."""
    now = timezone.now()
    with transaction.atomic():
        row, new = Suppression.objects.get_or_create(
            digest=digests.of_address(address), defaults={"reason": reason, "at": now}
        )
        if row.lifted_at:
            row.reason, row.at, row.lifted_at = reason, now, None
            row.save()
        elif not new:
            return
        entries.record(by=by, action="address.suppressed", target=row, reason=reason)


def find(address: str) -> Suppression | None:
    """The row in force for this address, if there is one."""
    rows = Suppression.objects.filter(lifted_at=None)
    return rows.filter(digest=digests.of_address(address)).first()


def among(addresses: Iterable[str], *, since: datetime | None) -> set[str]:
    """Those of them that have been suppressed since then and still are."""
    rows = Suppression.objects.filter(lifted_at=None)
    if since:
        rows = rows.filter(at__gte=since)
    never = set(rows.values_list("digest", flat=True))
    return {a for a in addresses if digests.of_address(a) in never} if never else set()


def lifted_at(address: str) -> datetime | None:
    """When its owner last took this address off the list, if they ever did."""
    rows = Suppression.objects.filter(digest=digests.of_address(address))
    return rows.values_list("lifted_at", flat=True).first()


def lift(*, person: Person) -> None:
    """The person has just proved that they want mail there."""
    rows = Suppression.objects.filter(
        digest__in=person.addresses.values("digest"), lifted_at=None
    )
    with transaction.atomic():
        for row in rows:
            row.lifted_at = timezone.now()
            row.save(update_fields=["lifted_at"])
            entries.record(by=None, action="address.unsuppressed", target=row)
