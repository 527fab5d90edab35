from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from engagement.audit.models import Entry


def record(*, by: Any, action: str, target: Model, **detail: Any) -> None:
    """One entry, inside the caller's transaction.

    `by` is a user, or None for the public and for the system itself. `action` is
    "noun.verb", as "issue.sent". `detail` must fit in JSON and hold no personal data. A
    model whose name is a person's gives another in `audit_name`: the trail outlives an
    erasure.
    """
    _entry(by, action, target, detail).save()


def record_many(
    *, by: Any, action: str, targets: Iterable[Model], **detail: Any
) -> None:
    """As `record`, one entry for each target, written together."""
    Entry.objects.bulk_create(
        (_entry(by, action, target, detail) for target in targets), batch_size=1000
    )


def _entry(by: Any, action: str, target: Model, detail: dict[str, Any]) -> Entry:
    person = None if isinstance(by, AnonymousUser) else by
    return Entry(
        actor_id=person.pk if person else None,
        actor=str(person) if person else "",
        action=action,
        target_kind=target._meta.label_lower,
        target_id=target.pk,
        target=getattr(target, "audit_name", str(target))[:300],
        detail=detail,
    )
