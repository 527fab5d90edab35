"""What members declare that might sway them. Rows are ended, never overwritten."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups.models import DeclaredInterest, Membership


class BeforeItWasDeclared(Refused):
    """An interest cannot end before it was declared."""


def declare(
    *, by: User | None, membership: Membership, text: str, declared_on: date
) -> DeclaredInterest:
    with transaction.atomic():
        row = DeclaredInterest.objects.create(
            membership=membership, text=text, declared_on=declared_on
        )
        entries.record(by=by, action="interest.declared", target=row)
    return row


def end(*, by: User | None, interest: DeclaredInterest, on: date) -> None:
    """A second time changes nothing. Raises BeforeItWasDeclared."""
    with transaction.atomic():
        rows = DeclaredInterest.objects.select_for_update()
        row = rows.filter(pk=interest.pk, ended_on=None).first()
        if row is None:
            return
        if on < row.declared_on:
            raise BeforeItWasDeclared(_("It was declared later than this."))
        row.ended_on = on
        row.save(update_fields=["ended_on"])
        entries.record(by=by, action="interest.ended", target=row)
