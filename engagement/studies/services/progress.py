"""What a study means to reach by when, and what moved around it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.studies.models import Milestone, PolicyChange, Study


def add_milestone(
    *, by: User | None, study: Study, fields: Mapping[str, Any]
) -> Milestone:
    """The last of its study."""
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=study.pk)
        last = study.milestones.aggregate(Max("position"))["position__max"]
        milestone = Milestone.objects.create(
            study=study,
            position=0 if last is None else last + 1,
            status=Milestone.Status.DUE,
            **fields,
        )
        entries.record(by=by, action="milestone.added", target=milestone)
    return milestone


def change_milestone(
    *, by: User | None, milestone: Milestone, fields: Mapping[str, Any]
) -> None:
    with transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(**fields)
        entries.record(by=by, action="milestone.changed", target=milestone)


def settle(*, by: User | None, milestone: Milestone, done: bool) -> None:
    """Done today, or not done after all. A second time changes nothing."""
    status = Milestone.Status.DONE if done else Milestone.Status.DUE
    with transaction.atomic():
        waiting = Milestone.objects.filter(pk=milestone.pk).exclude(status=status)
        day = timezone.localdate() if done else None
        if not waiting.update(status=status, done_on=day):
            return
        if done:
            entries.record(by=by, action="milestone.done", target=milestone)
        else:
            entries.record(by=by, action="milestone.reopened", target=milestone)


def add_policy_change(
    *, by: User | None, study: Study, fields: Mapping[str, Any]
) -> PolicyChange:
    with transaction.atomic():
        change = PolicyChange.objects.create(study=study, **fields)
        entries.record(by=by, action="policy_change.added", target=change)
    return change


def change_policy_change(
    *, by: User | None, change: PolicyChange, fields: Mapping[str, Any]
) -> None:
    with transaction.atomic():
        PolicyChange.objects.filter(pk=change.pk).update(**fields)
        entries.record(by=by, action="policy_change.changed", target=change)
