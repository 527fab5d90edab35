"""A group, and what is settled about it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.groups.models import Group


class Circle(Refused):
    """A group would report to itself, by way of others."""


class Numbered(Refused):
    """Decisions have these letters already."""


def create(*, by: User | None, fields: Mapping[str, Any]) -> Group:
    """After all the others; its address is made from the English name. Raises Circle."""
    with transaction.atomic():
        group = Group(**fields)
        group.slug = slugs.make(group.name_en, empty="group")
        last = Group.objects.aggregate(last=Max("position"))["last"]
        group.position = 0 if last is None else last + 1
        group.code = group.letters
        group.save()
        entries.record(by=by, action="group.created", target=group)
    return group


def update(*, by: User | None, group: Group, fields: Mapping[str, Any]) -> Group:
    """Changes these columns. Raises Circle, Numbered."""
    with transaction.atomic():
        # All of them: two that are changed at once could make a circle between them.
        groups = {g.pk: g for g in Group.objects.select_for_update().order_by("pk")}
        group = groups[group.pk]
        letters = group.letters
        for name, value in fields.items():
            setattr(group, name, value)
        _check_parent(group, groups)
        if group.letters != letters and group.decisions.exists():
            raise Numbered(_("A decision has these letters already."))
        group.code = group.letters
        group.save()
        entries.record(by=by, action="group.updated", target=group)
    return group


def _check_parent(group: Group, groups: Mapping[int, Group]) -> None:
    above = group.parent_id
    while above is not None:
        if above == group.pk:
            raise Circle(_("This group would report to itself."))
        above = groups[above].parent_id
