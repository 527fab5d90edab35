"""A person's e-mail addresses; one is the primary, which mail goes to."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.people.models import EmailAddress, Person
from engagement.people.services import people


class Taken(Refused):
    """Another person has it. Nobody is told who."""


class LastOne(Refused):
    """The primary address cannot be removed; another is made primary first."""


def add(*, by: User | None, person: Person, address: str) -> EmailAddress:
    """Not the primary one yet, unless there was none. Raises Taken or people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        row = EmailAddress.of(person, address.lower())
        if known := person.addresses.filter(digest=row.digest).first():
            return known
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Taken(_("This address cannot be used.")) from error
        entries.record(by=by, action="person.address_added", target=person)
        if not person.email:
            _use(person, row)
    return row


def make_primary(
    *, by: User | None, person: Person, address: EmailAddress, confirmed: bool = False
) -> None:
    """Mail goes there from now on. `confirmed` where its owner has just proved that
    they read it. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        address = person.addresses.get(pk=address.pk)
        if confirmed:
            address.confirmed_at = timezone.now()
            address.save(update_fields=["confirmed_at"])
        _use(person, address)
        entries.record(by=by, action="person.address_changed", target=person)


def remove(*, by: User | None, person: Person, address: EmailAddress) -> None:
    """Raises LastOne or people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        address = person.addresses.get(pk=address.pk)
        if address.address == person.email:
            raise LastOne(_("Mail goes to this address. Choose another one first."))
        address.delete()
        entries.record(by=by, action="person.address_removed", target=person)


def _use(person: Person, address: EmailAddress) -> None:
    person.email = address.address
    person.save(update_fields=["email"])
