"""Whom a study means to reach."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.studies.models import Study, Target


def add(*, by: User | None, study: Study, fields: Mapping[str, Any]) -> Target:
    """After all the others."""
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=study.pk)
        last = study.targets.aggregate(last=Max("position"))["last"]
        row = Target(study=study, position=0 if last is None else last + 1, **fields)
        row.save()
        entries.record(by=by, action="target.added", target=row)
    return row


def change(*, by: User | None, target: Target, fields: Mapping[str, Any]) -> Target:
    with transaction.atomic():
        row = Target.objects.select_for_update().get(pk=target.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        entries.record(by=by, action="target.changed", target=row)
    return row


def remove(*, by: User | None, target: Target) -> None:
    with transaction.atomic():
        entries.record(by=by, action="target.removed", target=target)
        target.delete()
