"""Addresses that are never written to again."""

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
