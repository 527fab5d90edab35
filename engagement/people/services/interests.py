"""Subjects that people may say they follow."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.people.models import Interest


class InUse(Refused):
    """People have said that they follow it."""


def save(
    *, by: User | None, interest: Interest | None, name_en: str, name_cy: str
) -> Interest:
    """A new one, last in order, where `interest` is None."""
    with transaction.atomic():
        if interest is None:
            interest = _new(name_en)
            interest.name_cy = name_cy
            interest.save()
            entries.record(by=by, action="interest.created", target=interest)
            return interest
        interest.name_en, interest.name_cy = name_en, name_cy
        interest.save()
        entries.record(by=by, action="interest.changed", target=interest)
    return interest


def _new(name_en: str) -> Interest:
    last = Interest.objects.aggregate(last=Max("position"))["last"] or 0
    slug = slugs.make(name_en, 40, empty="interest")
    return Interest(slug=slug, position=last + 1, name_en=name_en)


def remove(*, by: User | None, interest: Interest) -> None:
    """Raises InUse where anybody follows it."""
    with transaction.atomic():
        interest = Interest.objects.select_for_update().get(pk=interest.pk)
        if interest.people.exists():
            raise InUse(_("People follow this subject, so it stays."))
        entries.record(by=by, action="interest.removed", target=interest)
        interest.delete()
