from collections.abc import Mapping

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.groups.models import Group


def update(*, by: User | None, group: Group, fields: Mapping[str, str]) -> Group:
    """Changes its names and its remit."""
    with transaction.atomic():
        group = Group.objects.select_for_update().get(pk=group.pk)
        for name, value in fields.items():
            setattr(group, name, value)
        group.save()
        entries.record(by=by, action="group.updated", target=group)
    return group
