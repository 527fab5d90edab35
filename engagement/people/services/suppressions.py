"""Addresses that are never written to again."""

from django.db import transaction
from django.utils import timezone

from engagement.core import digests
from engagement.people.models import Person, Suppression


def add(*, address: str, reason: str) -> None:
    """From now on, whatever is imported. A second time keeps the first reason."""
    now = timezone.now()
    with transaction.atomic():
        row, new = Suppression.objects.get_or_create(
            digest=digests.of_address(address), defaults={"reason": reason, "at": now}
        )
        if not new and row.lifted_at:
            Suppression.objects.filter(pk=row.pk).update(
                reason=reason, at=now, lifted_at=None
            )


def lift(*, person: Person) -> None:
    """The person has just proved that they want mail there."""
    digests_of_person = person.addresses.values("digest")
    Suppression.objects.filter(digest__in=digests_of_person, lifted_at=None).update(
        lifted_at=timezone.now()
    )
