"""Erasing a person leaves the counts true (docs/adr/0010-erasure-keeps-counts.md)."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from engagement.accounts.models import Role, User
from engagement.audit.services import entries
from engagement.core import privacy
from engagement.core.errors import Refused
from engagement.people.models import Person, Suppression
from engagement.people.services import people, suppressions

STAFF = [Role.MANAGER, Role.ADMINISTRATOR]


class StillStaff(Refused):
    """The person signs in to run the site."""


def erase(
    *,
    by: User | None,
    person: Person,
    reason: str | None = Suppression.Reason.ERASED,
) -> None:
    """Deletes, empties or replaces what is personal, as each app's `privacy.py` says.

    With a `reason`, their addresses are never written to again, whatever is imported.
    Raises people.Gone or StillStaff; nothing has changed then.
    """
    with transaction.atomic():
        person, subject = people.locked_with_merged(person)
        if User.objects.filter(
            pk__in=subject.users, role__in=STAFF, is_active=True
        ).exists():
            raise StillStaff(
                _("This person signs in to run the site. Close the account first.")
            )
        for address in subject.addresses if reason else ():
            suppressions.add(by=by, address=address, reason=str(reason))
        entries.record(by=by, action="person.erased", target=person, reason=reason)
        _erase(by, subject)


def _erase(by: User | None, subject: privacy.Subject) -> None:
    """From the highest app down, so that nothing points at what is deleted."""
    declared = [one for one in privacy.declarations() if one.about]
    declared.sort(key=lambda one: one.model is Person)
    highest_first = [*reversed(declared[:-1]), declared[-1]]
    for one in highest_first:
        if one.settle:
            one.settle(by, subject)
    # Found before anything changes: most rows are found by what is emptied.
    rows = [
        (one, list(one.rows(subject).values_list("pk", flat=True)))
        for one in highest_first
    ]
    for one, keys in rows:
        found = one.model._base_manager.filter(pk__in=keys)
        if one.delete:
            found.delete()
        elif changes := dict(_changes(one)):
            found.update(**changes)


def _changes(one: privacy.Declaration) -> Any:
    for name, personal in one.personal.items():
        field: Any = one.model._meta.get_field(name)
        if personal.erase is privacy.Erase.CLEAR:
            yield name, _empty(field)
        elif personal.erase is privacy.Erase.REPLACE:
            yield name, _nobodys(field)


def _empty(field: Any) -> Any:
    if field.null:
        return None
    return False if isinstance(field, models.BooleanField) else ""


def _nobodys(field: Any) -> Any:
    """erased-17, or an address at a domain that can never be (RFC 2606)."""
    parts = [Value("erased-"), Cast(F("pk"), models.CharField())]
    if isinstance(field, models.EmailField):
        parts.append(Value("@erased.invalid"))
    return Concat(*parts, output_field=models.CharField())
